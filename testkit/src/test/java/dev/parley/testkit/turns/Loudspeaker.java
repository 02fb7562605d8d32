package dev.parley.testkit.turns;

import dev.parley.protocol.AudioEvent;
import dev.parley.protocol.Event;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A client's loudspeaker: plays what has reached the client in real time, one item after the other, behind a buffer of so
 * many ms, and knows to the ms what it has played.
 */
final class Loudspeaker {
    /** How many ms there are between two reports. */
    private static final int BETWEEN = 200;

    private final Talk talk;
    private final int buffer;
    private final boolean reports;
    /** The ms of audio of each item that have arrived, and those of them that were played. */
    private final Map<String, long[]> items = new LinkedHashMap<>();

    private int seen;
    private int filling;
    private int sinceReport;
    private boolean playing;
    private boolean told;
    private String last = "";

    Loudspeaker(Talk talk, int buffer, boolean reports) {
        this.talk = talk;
        this.buffer = buffer;
        this.reports = reports;
        this.filling = buffer;
    }

    long played(String item) {
        long[] ms = items.get(item);
        return ms == null ? 0 : ms[1];
    }

    /** Takes what has arrived, and plays for so many ms. */
    void plays(int ms) {
        take();
        for (int i = 0; i < ms; i++) {
            Map.Entry<String, long[]> next = next();
            if (next == null) {
                filling = buffer;
                playing(false);
            } else if (filling > 0) {
                last = next.getKey();
                playing(false);
                filling--;
            } else {
                last = next.getKey();
                playing(true);
                next.getValue()[1]++;
            }
        }
    }

    private void playing(boolean now) {
        boolean due = now != playing || (now && ++sinceReport >= BETWEEN);
        if (last.isEmpty()) {
            return;
        }
        playing = now;
        if (reports && (due || !told)) {
            told = true;
            sinceReport = 0;
            talk.sends("{'type':'playback.position','item_id':'" + last + "','content_index':0,'audio_end_ms':"
                    + played(last) + ",'playing':" + now + "}");
        }
    }

    private Map.Entry<String, long[]> next() {
        for (Map.Entry<String, long[]> item : items.entrySet()) {
            if (item.getValue()[1] < item.getValue()[0]) {
                return item;
            }
        }
        return null;
    }

    private void take() {
        while (seen < talk.client.sent().size()) {
            Event event = talk.client.sent().get(seen++);
            if (event instanceof AudioEvent audio && audio.item() != null) {
                items.computeIfAbsent(audio.item().itemId(), item -> new long[2])[0] += audio.audioBytes() / 48;
            }
        }
    }
}

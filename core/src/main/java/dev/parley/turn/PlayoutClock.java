package dev.parley.turn;

import dev.parley.RealtimeAudioFormat;
import dev.parley.protocol.AudioEvent;
import dev.parley.protocol.ItemKey;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Knows how much of each item's audio the listener has heard: what the client reports, and between reports, or without
 * any, a paced estimate. By that, items play one after the other in real time from the moment their first audio is
 * delivered, and stand still when all that was delivered was played.
 *
 * <p>Has no clock of its own: {@code now} is in ns of the lane's. A mutable machine, since it takes a step for every audio
 * event, and nothing may be made for one.
 */
public final class PlayoutClock {
    /** How many parts are remembered at the most; each is looked at for every audio event. */
    private static final int MOST = 16;

    private static final long MS = 1_000_000;
    /** How long a client that reports may take to tell that it plays what has come. */
    private static final long SLOWEST_START = 1_000 * MS;

    /** One part of an item: how long its audio is, in ns, at each of three places. */
    private static final class Part {
        private final ItemKey key;
        private long generated;
        private long delivered;
        private long played;
        /** Nothing more of it will be played. */
        private boolean cut;

        Part(ItemKey key) {
            this.key = key;
        }

        boolean unheard() {
            return !cut && played < delivered;
        }
    }

    /** In the order in which they are played. */
    private final List<Part> parts = new ArrayList<>();

    private RealtimeAudioFormat format = RealtimeAudioFormat.PCM_24K;
    private @Nullable Part generating;
    private @Nullable Part delivering;
    private long at;
    private boolean paused;
    /** Whether the client reports at all. */
    private boolean reports;
    /** When playing goes on though the client has not told; 0: never. */
    private long resumesAt;

    /** How the audio of events is written from now on. */
    public void format(RealtimeAudioFormat now) {
        format = now;
    }

    /** Audio has come from the provider. */
    public void generated(AudioEvent audio) {
        Part part = part(generating, audio);
        if (part != null) {
            generating = part;
            part.generated += nanos(audio);
        }
    }

    /** Audio goes to the client. */
    public void delivered(AudioEvent audio, long now) {
        Part part = part(delivering, audio);
        if (part != null) {
            advance(now);
            if (!anyUnheard()) {
                // What stood still for want of audio goes on by itself; of a client that reports, when it says so.
                paused = reports;
                resumesAt = now + SLOWEST_START;
            }
            delivering = part;
            part.delivered += nanos(audio);
            part.generated = Math.max(part.generated, part.delivered);
        }
    }

    /** The client has told how far it is. */
    public void reported(PlaybackReport report, long now) {
        if (played(report.part(), report.audioEndMs(), now)) {
            paused = !report.playing();
            reports = true;
            resumesAt = 0;
        }
    }

    /**
     * So many ms of a part were played, which does not tell whether playing goes on.
     *
     * @return whether the part is known and was not cut
     */
    boolean played(ItemKey key, long millis, long now) {
        advance(now);
        int index = indexOf(key);
        if (index < 0 || parts.get(index).cut) {
            return false;
        }
        Part part = parts.get(index);
        long told = Math.clamp(millis, 0L, (long) Integer.MAX_VALUE) * MS;
        // The length of audio is no whole number of ms, but what is told is.
        part.played = told + MS >= part.delivered ? part.delivered : told;
        for (int i = 0; i < index; i++) {
            parts.get(i).played = parts.get(i).delivered;
        }
        for (int i = index + 1; i < parts.size(); i++) {
            parts.get(i).played = 0;
        }
        return true;
    }

    /**
     * What has come of a part and was not delivered never will be.
     *
     * @return how many ms were delivered; empty: nothing is missing, or the part is not known or was cut
     */
    OptionalLong dropped(ItemKey key) {
        int index = indexOf(key);
        if (index < 0 || parts.get(index).cut || parts.get(index).generated <= parts.get(index).delivered) {
            return OptionalLong.empty();
        }
        Part part = parts.get(index);
        part.generated = part.delivered;
        return OptionalLong.of(part.delivered / MS);
    }

    /** Nothing more of a part will be played, as far as it has got now. */
    public void cut(ItemKey key, long now) {
        advance(now);
        int index = indexOf(key);
        if (index >= 0) {
            parts.get(index).cut = true;
        }
    }

    /** How many ms of a part were heard; never more than were delivered. */
    public long heardMillis(ItemKey key, long now) {
        advance(now);
        int index = indexOf(key);
        return index < 0 ? 0 : parts.get(index).played / MS;
    }

    /** How many ms of an item were heard, all of its parts together. */
    public long heardMillis(String itemId, long now) {
        advance(now);
        return parts.stream()
                .filter(part -> part.key.itemId().equals(itemId))
                .mapToLong(part -> part.played / MS)
                .sum();
    }

    /** How many ms of an item have come from the provider, all of its parts together. */
    public long generatedMillis(String itemId) {
        return parts.stream()
                .filter(part -> part.key.itemId().equals(itemId))
                .mapToLong(part -> part.generated / MS)
                .sum();
    }

    /** Whether all of an item that has come from the provider was heard, or nothing more of it will be. */
    public boolean over(String itemId, long now) {
        advance(now);
        return parts.stream()
                .filter(part -> part.key.itemId().equals(itemId))
                .allMatch(part -> part.cut || part.played >= part.generated);
    }

    /** The parts that were not cut, with audio, in the order in which they are played. */
    public List<ItemKey> uncut() {
        return parts.stream().filter(part -> !part.cut).map(part -> part.key).toList();
    }

    /** Whether all of a part that has come from the provider was heard. */
    public boolean heard(ItemKey key, long now) {
        advance(now);
        int index = indexOf(key);
        return index < 0 || parts.get(index).played >= parts.get(index).generated;
    }

    /** Whether all that has come from the provider was heard, or will not be. */
    public boolean silent(long now) {
        advance(now);
        return parts.stream().allMatch(part -> part.cut || part.played >= part.generated);
    }

    /** After how many ns all that was delivered will have been heard; empty: playback is paused. */
    public OptionalLong remaining(long now) {
        advance(now);
        long left = 0;
        for (Part part : parts) {
            left += part.unheard() ? part.delivered - part.played : 0;
        }
        if (paused && left > 0) {
            return resumesAt == 0 ? OptionalLong.empty() : OptionalLong.of(resumesAt - now + left);
        }
        return OptionalLong.of(left);
    }

    private boolean anyUnheard() {
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).unheard()) {
                return true;
            }
        }
        return false;
    }

    private void advance(long now) {
        if (paused && resumesAt != 0 && now >= resumesAt) {
            paused = false;
            at = resumesAt;
        }
        long time = now - at;
        at = now;
        for (int i = 0; i < parts.size() && time > 0 && !paused; i++) {
            Part part = parts.get(i);
            if (part.unheard()) {
                long step = Math.min(time, part.delivered - part.played);
                part.played += step;
                time -= step;
            }
        }
    }

    private long nanos(AudioEvent audio) {
        return format.nanos(audio.audioBytes());
    }

    private @Nullable Part part(@Nullable Part last, AudioEvent audio) {
        if (last != null && audio.belongsTo(last.key)) {
            return last;
        }
        ItemKey key = audio.item();
        if (key == null) {
            return null;
        }
        int index = indexOf(key);
        if (index >= 0) {
            return parts.get(index);
        }
        if (parts.size() == MOST) {
            parts.removeFirst();
        }
        Part made = new Part(key);
        parts.add(made);
        return made;
    }

    private int indexOf(ItemKey key) {
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).key.equals(key)) {
                return i;
            }
        }
        return -1;
    }
}

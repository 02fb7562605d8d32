package dev.parley.guardrail.gate;

import dev.parley.RealtimeAudioFormat;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One part of an answer: its words and its audio, and how much of both may be heard. Lane only. */
final class Part {
    /** Nobody speaks a letter faster than this, in ms. */
    private static final int FASTEST = 40;

    private final StringBuilder said = new StringBuilder();
    /** Words that have not been allowed: where in all of the answer they end, and their letters and digits. */
    private final Deque<long[]> open = new ArrayDeque<>();

    private long letters;
    /** Where in all of the answer the last words of this part stand that were allowed. */
    private long allowed = -1;

    /** How its audio is written, once some has come: a part that has begun stays as it is. */
    private @Nullable RealtimeAudioFormat format;

    private long audioMicros;
    private boolean last;
    private String given = "";
    private boolean audioGiven;

    /** What of these words is new here. */
    String news(Said words) {
        if (!words.whole()) {
            return words.text();
        }
        String all = words.text();
        if (all.startsWith(said.toString())) {
            return all.substring(said.length());
        }
        // Not what the deltas told, so that all of it is new; less of the same is not.
        return said.indexOf(all) == 0 ? "" : all;
    }

    /**
     * Takes words.
     *
     * @param more as {@link #news} tells them
     * @param end where in all of the answer they end
     */
    void say(Said words, String more, long end) {
        if (words.whole() && !more.isEmpty()) {
            said.setLength(0);
            said.append(words.text());
        } else {
            said.append(more);
        }
        last |= words.last();
        if (!more.isEmpty()) {
            open.add(new long[] {
                end, more.codePoints().filter(Character::isLetterOrDigit).count()
            });
        }
    }

    /** No more words will follow. */
    void end() {
        last = true;
    }

    boolean ended() {
        return last;
    }

    /** All of the answer up to here may be heard. */
    void allow(long upTo) {
        while (!open.isEmpty() && open.element()[0] <= upTo) {
            long[] next = open.remove();
            allowed = next[0];
            letters += next[1];
        }
    }

    /** Takes so much audio, in the format that holds now if it is the first; answers where it ends, in µs of this part. */
    long hear(int bytes, RealtimeAudioFormat now) {
        RealtimeAudioFormat its = format == null ? now : format;
        format = its;
        audioMicros += its.nanos(bytes) / 1000;
        return audioMicros;
    }

    /** Whether all words are there and none was. */
    boolean mute() {
        return last && audioMicros > 0 && said.toString().isBlank();
    }

    /**
     * Whether audio may be heard, as far as this part's words are concerned: they are all there and allowed; or words that
     * came after it are; or it is so early that nobody could have said more by then than was allowed.
     *
     * @param endMicros where it ends
     * @param at how much of all of the answer had been said when it came
     */
    boolean audible(long endMicros, long at) {
        return (last && open.isEmpty() && !mute()) || allowed > at || endMicros <= 1000L * FASTEST * letters;
    }

    /** These words go to the client. */
    void give(Said words) {
        if (!words.whole()) {
            given += words.text();
        } else if (words.text().length() > given.length()) {
            given = words.text();
        }
    }

    void giveAudio() {
        audioGiven = true;
    }

    boolean audioGiven() {
        return audioGiven;
    }

    /** The words that the client got. */
    String given() {
        return given;
    }
}

package dev.parley.local.speech;

import java.util.Locale;
import java.util.Map;

/**
 * How one of the ten voice names sounds: all of them are the same speaker, told apart by size of the throat (below 1 is
 * larger and deeper), melody and pace.
 *
 * @param size factor on all frequencies, 0.75 to 1.2
 * @param pitch factor on the melody alone
 * @param rate factor on the pace that is heard
 */
record VoiceStyle(double size, double pitch, double rate) {
    private static final VoiceStyle PLAIN = new VoiceStyle(1, 1, 1);

    private static final Map<String, VoiceStyle> STYLES = Map.of(
            "marin", PLAIN,
            "alloy", new VoiceStyle(0.94, 0.95, 1.04),
            "ash", new VoiceStyle(0.84, 0.85, 1.06),
            "ballad", new VoiceStyle(0.90, 1.05, 0.94),
            "cedar", new VoiceStyle(0.80, 0.85, 1.0),
            "coral", new VoiceStyle(1.05, 1.05, 1.0),
            "echo", new VoiceStyle(0.86, 0.95, 0.95),
            "sage", new VoiceStyle(0.97, 0.90, 0.96),
            "shimmer", new VoiceStyle(1.10, 1.05, 1.04),
            "verse", new VoiceStyle(0.88, 1.1, 1.06));

    /** The style of a name in any case; the plain one when the name is not known. */
    static VoiceStyle of(String name) {
        return STYLES.getOrDefault(name.toLowerCase(Locale.ROOT), PLAIN);
    }

    /** The rate the 48 kHz samples are taken to have, so that resampling shifts them by {@link #size}. */
    int sourceHertz() {
        return (int) Math.round(MaryLibrary.HERTZ * size / 400) * 400;
    }

    /** The pace to ask for, making up for what shifting does to it. */
    double askedRate() {
        return rate / size;
    }
}

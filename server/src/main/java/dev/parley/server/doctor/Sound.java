package dev.parley.server.doctor;

import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.DataLine;
import javax.sound.sampled.SourceDataLine;
import javax.sound.sampled.TargetDataLine;

/** Checks of microphone and loudspeaker. */
final class Sound {
    private static final int[] RATES = {24_000, 48_000, 44_100, 16_000};

    private Sound() {}

    static Finding microphone() {
        return has(TargetDataLine.class)
                ? Finding.ok("microphone", "there is one, for: parley talk --mic")
                : Finding.warn(
                        "microphone",
                        "Java finds none; 'parley talk' takes recordings with --wav and texts with --text instead");
    }

    static Finding loudspeaker() {
        return has(SourceDataLine.class)
                ? Finding.ok("loudspeaker", "there is one, for --play")
                : Finding.warn("loudspeaker", "Java finds none; 'parley talk --out FILE' writes what would be heard");
    }

    private static boolean has(Class<? extends DataLine> kind) {
        for (int hertz : RATES) {
            if (AudioSystem.isLineSupported(new DataLine.Info(kind, new AudioFormat(hertz, 16, 1, true, false)))) {
                return true;
            }
        }
        return false;
    }
}

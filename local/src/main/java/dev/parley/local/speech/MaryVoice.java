package dev.parley.local.speech;

import dev.parley.audio.Resampler;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * An American English voice made by MaryTTS: pure Java, without network or native code.
 *
 * <p>The ten OpenAI voice names are variations of one speaker. Numbers, times, dates, amounts and symbols are read as
 * words; what cannot be read is left out.
 */
public final class MaryVoice implements Synthesizer {
    /** What is quieter than this (-66 dBFS) at either end of a phrase is trimmed. */
    private static final int QUIET = 16;

    /** Of that silence, 40 ms are kept before the sound. */
    private static final int LEAD = HERTZ / 25;

    private static final int CHUNK = HERTZ / 50;

    /** Pauses at the end of a phrase, in samples: within a sentence and after it. */
    private static final int COMMA_PAUSE = HERTZ / 6;

    private static final int SENTENCE_PAUSE = HERTZ / 3;

    private final MaryLibrary library;
    private final Semaphore turns;
    private final int atOnce;
    private final Duration patience;
    private volatile boolean closed;

    private MaryVoice(MaryLibrary library, int atOnce, Duration patience) {
        this.library = library;
        this.atOnce = atOnce;
        this.patience = patience;
        turns = new Semaphore(atOnce, true);
    }

    /** Loads the voice, one phrase a core at the same time, five seconds of patience for more. */
    public static MaryVoice load() {
        return load(Runtime.getRuntime().availableProcessors(), Duration.ofSeconds(5));
    }

    /**
     * Loads the voice, in one to four seconds.
     *
     * @param atOnce phrases that may be synthesised at the same time
     * @param patience how long another phrase waits for its turn
     * @throws SpeechException when the voice is not on the class path
     */
    public static MaryVoice load(int atOnce, Duration patience) {
        return new MaryVoice(new MaryLibrary(), atOnce, patience);
    }

    @Override
    public void speak(String sentence, String voice, Sink sink) {
        if (closed) {
            throw new IllegalStateException("this voice is closed");
        }
        VoiceStyle style = VoiceStyle.of(voice);
        for (String phrase : Phrasing.of(SpokenText.of(sentence))) {
            short[] pcm = synthesise(phrase, style);
            boolean ends = ".?!".indexOf(phrase.charAt(phrase.length() - 1)) >= 0;
            if (!hand(pcm, ends ? SENTENCE_PAUSE : COMMA_PAUSE, sink)) {
                return;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    private short[] synthesise(String phrase, VoiceStyle style) {
        try {
            if (!turns.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new SpeechException("speech synthesis is overloaded: " + atOnce + " phrases at once, and no turn"
                        + " within " + patience.toMillis() + " ms; admit fewer sessions or use more cores");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SpeechException("interrupted while waiting for a turn to speak", e);
        }
        try {
            short[] wide = library.vocode(library.analyse(phrase, style.askedRate(), style.pitch()));
            Resampler resampler = new Resampler(style.sourceHertz(), HERTZ);
            short[] pcm = new short[resampler.maxOutput(wide.length) + resampler.maxFlush()];
            int length = resampler.process(wide, 0, wide.length, pcm, 0);
            length += resampler.flush(pcm, length);
            return length == pcm.length ? pcm : Arrays.copyOf(pcm, length);
        } finally {
            turns.release();
        }
    }

    /** Hands on the sound without the silence before it and with a measured pause behind it. */
    private static boolean hand(short[] pcm, int pause, Sink sink) {
        int from = 0;
        while (from < pcm.length && Math.abs(pcm[from]) < QUIET) {
            from++;
        }
        int to = pcm.length;
        while (to > from && Math.abs(pcm[to - 1]) < QUIET) {
            to--;
        }
        if (from == to) {
            return true;
        }
        from = Math.max(0, from - LEAD);
        to = Math.min(pcm.length, to + pause);
        for (int at = from; at < to; at += CHUNK) {
            if (!sink.pcm(pcm, at, Math.min(CHUNK, to - at))) {
                return false;
            }
        }
        return true;
    }
}

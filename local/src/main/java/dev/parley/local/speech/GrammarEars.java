package dev.parley.local.speech;

import dev.parley.local.decoder.GrammarException;
import dev.parley.local.decoder.Hypothesis;
import dev.parley.local.decoder.Phrases;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Ears that know the phrases of a grammar and nothing else: pure Java, without network or native code.
 *
 * <p>Whatever is said is compared with the best phrase of the grammar; when phones without words explain it better, it
 * was not understood. The model is one and read-only: a session costs nothing, an utterance 64 KB a second until it is
 * finished. As finishing is pure computing, only as many utterances as {@link Limits#atOnce} are finished at the same
 * time and others wait their turn.
 */
public final class GrammarEars implements Ears {
    private final Phrases phrases;
    private final Rejection rejection;
    private final Limits limits;
    private final Semaphore turns;
    private volatile boolean closed;

    private GrammarEars(Phrases phrases, Rejection rejection, Limits limits) {
        this.phrases = phrases;
        this.rejection = rejection;
        this.limits = limits;
        turns = new Semaphore(limits.atOnce(), true);
    }

    /**
     * Compiles a grammar with the standard settings, in one to three seconds.
     *
     * @param jsgf JSGF; all words in lower case and numbers in words
     * @throws GrammarException when the grammar is wrong or a word has no pronunciation
     */
    public static GrammarEars of(String jsgf) {
        return of(jsgf, Map.of(), Rejection.standard(), Limits.standard());
    }

    /**
     * Compiles a grammar.
     *
     * @param jsgf JSGF; all words in lower case and numbers in words
     * @param pronunciations of words that the CMU dictionary lacks, in its phones: {@code "parley" -> "P AA R L IY"}
     * @throws GrammarException when the grammar is wrong or a word has no pronunciation
     */
    public static GrammarEars of(String jsgf, Map<String, String> pronunciations, Rejection rejection, Limits limits) {
        return new GrammarEars(Phrases.compile(jsgf, pronunciations, Phrases.Tuning.standard()), rejection, limits);
    }

    @Override
    public Transcriber listen() {
        if (closed) {
            throw new IllegalStateException("these ears are closed");
        }
        return new Utterance();
    }

    @Override
    public boolean decidesAtEnd() {
        return true;
    }

    @Override
    public void close() {
        closed = true;
    }

    private Transcript hear(short[] pcm, int length) {
        try {
            if (!turns.tryAcquire(limits.patience().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new SpeechException("speech recognition is overloaded: " + limits.atOnce()
                        + " utterances at once, and no turn within "
                        + limits.patience().toMillis()
                        + " ms; admit fewer sessions or use more cores");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SpeechException("interrupted while waiting for a turn to recognise speech", e);
        }
        try {
            Hypothesis best = phrases.decode(pcm, length);
            return new Transcript(best.text(), rejection.believes(best));
        } finally {
            turns.release();
        }
    }

    /**
     * When a phrase is believed: its fit is the mean of ln p(sound | phrase) - ln p(sound | any phones) over frames of
     * 10 ms.
     *
     * @param phrase the least fit of a long phrase
     * @param slack a phrase of n frames may be worse by slack / n, as a short one has less to make up for a poor sound
     * @param word the least fit of every single word
     */
    public record Rejection(float phrase, float slack, float word) {
        /** Rejects nearly all strange speech and about one known phrase in a hundred. */
        public static Rejection standard() {
            return new Rejection(-1.1f, 25f, -4f);
        }

        boolean believes(Hypothesis best) {
            return best.frames() > 0 && best.fit() >= phrase - slack / best.frames() && best.worstFit() >= word;
        }
    }

    /**
     * Bounds of the work.
     *
     * @param atOnce utterances that may be decoded at the same time
     * @param patience how long another waits for its turn
     * @param longest of an utterance; what is said later is not heard
     */
    public record Limits(int atOnce, Duration patience, Duration longest) {
        /** One utterance a core, two seconds of patience, utterances of up to 30 seconds. */
        public static Limits standard() {
            return new Limits(
                    Runtime.getRuntime().availableProcessors(), Duration.ofSeconds(2), Duration.ofSeconds(30));
        }
    }

    private final class Utterance implements Transcriber {
        private final Recording recording =
                new Recording(Math.toIntExact(limits.longest().toMillis() * 16));
        private boolean over;

        @Override
        public void accept(short[] pcm, int offset, int length) {
            checkOpen();
            recording.add(pcm, offset, length);
        }

        @Override
        public Transcript finish() {
            checkOpen();
            over = true;
            if (recording.length() < SpeechDetector.FRAME) {
                return Transcript.NOTHING;
            }
            return hear(recording.padded(), recording.paddedLength());
        }

        @Override
        public void cancel() {
            over = true;
            recording.forget();
        }

        private void checkOpen() {
            if (over) {
                throw new IllegalStateException("this utterance is over; call listen() for the next one");
            }
        }
    }
}

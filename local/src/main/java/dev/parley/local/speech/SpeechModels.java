package dev.parley.local.speech;

import dev.parley.audio.Resampler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;

/**
 * The loaded and warmed-up models of hearing and speaking, shared by all sessions and threads.
 *
 * @param ears hears
 * @param voice speaks
 */
public record SpeechModels(Ears ears, Synthesizer voice) implements AutoCloseable {
    private static final String[] WARM_UP = {
        "Hello, I am warming up now.", "What is twelve times three?", "I have booked a table for two people at seven."
    };

    /** Is told of every step of loading when it is done; may be called from two threads at the same time. */
    @FunctionalInterface
    public interface Progress {
        /**
         * A step is done.
         *
         * @param step its name, such as {@code "voice loaded"}
         * @param took its own time, not counting other steps
         */
        void done(String step, Duration took);
    }

    /**
     * Loads both at the same time on threads of its own, speaks a few sentences to nobody and lets the ears hear them,
     * so that the first caller does not wait for the compiler. Returns when everything is ready.
     *
     * @param ears how to load the ears, for instance {@code () -> GrammarEars.of(grammar)}
     * @param voice how to load the voice, for instance {@code MaryVoice::load}
     * @throws SpeechException or what {@code ears} or {@code voice} throw
     */
    public static SpeechModels load(
            Supplier<? extends Ears> ears, Supplier<? extends Synthesizer> voice, Progress progress) {
        ThreadFactory threads =
                Thread.ofPlatform().name("parley-speech-", 0).daemon().factory();
        try (ExecutorService loaders = Executors.newFixedThreadPool(2, threads)) {
            CompletableFuture<? extends Ears> hearing =
                    CompletableFuture.supplyAsync(() -> timed("ears loaded", progress, ears), loaders);
            CompletableFuture<? extends Synthesizer> speaking =
                    CompletableFuture.supplyAsync(() -> timed("voice loaded", progress, voice), loaders);
            SpeechModels models = new SpeechModels(await(hearing), await(speaking));
            timed("warmed up", progress, () -> {
                models.warmUp();
                return models;
            });
            return models;
        }
    }

    @Override
    public void close() {
        try (voice) {
            ears.close();
        }
    }

    private void warmUp() {
        for (String sentence : WARM_UP) {
            try (Transcriber transcriber = ears.listen()) {
                Resampler narrower = new Resampler(Synthesizer.HERTZ, 16_000);
                voice.speak(sentence, (samples, offset, length) -> {
                    short[] heard = new short[narrower.maxOutput(length)];
                    transcriber.accept(heard, 0, narrower.process(samples, offset, length, heard, 0));
                    return true;
                });
                transcriber.finish();
            }
        }
    }

    private static <T> T timed(String step, Progress progress, Supplier<T> work) {
        long start = System.nanoTime();
        T result = work.get();
        progress.done(step, Duration.ofNanos(System.nanoTime() - start));
        return result;
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new SpeechException("the speech models could not be loaded", e.getCause());
        }
    }
}

package dev.parley.local.engine;

import dev.parley.local.mind.Responder;
import dev.parley.local.speech.Ears;
import dev.parley.local.speech.SpeechDetector;
import dev.parley.local.speech.Synthesizer;
import dev.parley.local.speech.Transcriber;
import dev.parley.local.speech.Transcript;
import dev.parley.local.work.Parts;

/**
 * Parts that are quick and exact: a frame is speech if its first sample is not zero; an utterance's text is chosen by
 * the test; a sentence takes 60 ms of sound for each character.
 */
final class FakeParts {
    static final int MS_PER_CHARACTER = 60;

    Transcript heard = new Transcript("what time is it", true);
    Responder mind = (request, sink) -> sink.text("It is noon.");
    boolean voiceFails;
    boolean decidesAtEnd;
    int finishedUtterances;
    int samplesHeard;
    int cancelledUtterances;

    Parts parts() {
        return new Parts(() -> FakeParts::loud, new FakeEars(), (r, s) -> mind.reply(r, s), new FakeVoice());
    }

    private static float loud(short[] pcm, int offset) {
        int peak = 0;
        for (int i = offset; i < offset + SpeechDetector.FRAME; i++) {
            peak = Math.max(peak, Math.abs(pcm[i]));
        }
        return peak > 1_000 ? 0.9f : 0.05f;
    }

    private final class FakeEars implements Ears {
        @Override
        public boolean decidesAtEnd() {
            return decidesAtEnd;
        }

        @Override
        public Transcriber listen() {
            return new Transcriber() {
                @Override
                public void accept(short[] pcm, int offset, int length) {
                    samplesHeard += length;
                }

                @Override
                public Transcript finish() {
                    finishedUtterances++;
                    return heard;
                }

                @Override
                public void cancel() {
                    cancelledUtterances++;
                }
            };
        }

        @Override
        public void close() {}
    }

    private final class FakeVoice implements Synthesizer {
        @Override
        public void speak(String sentence, String voice, Sink sink) {
            if (voiceFails) {
                throw new IllegalStateException(sentence);
            }
            short[] chunk = new short[24 * 20];
            int chunks = sentence.length() * MS_PER_CHARACTER / 20;
            for (int i = 0; i < chunks; i++) {
                if (!sink.pcm(chunk, 0, chunk.length)) {
                    return;
                }
            }
        }

        @Override
        public void close() {}
    }
}

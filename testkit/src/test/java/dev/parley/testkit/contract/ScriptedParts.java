package dev.parley.testkit.contract;

import dev.parley.local.mind.Responder;
import dev.parley.local.mind.Turn;
import dev.parley.local.speech.Ears;
import dev.parley.local.speech.SpeechDetector;
import dev.parley.local.speech.Synthesizer;
import dev.parley.local.speech.Transcriber;
import dev.parley.local.speech.Transcript;
import dev.parley.local.work.Parts;
import dev.parley.testkit.assistant.ScriptedAssistant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What the embedded provider is made of in these tests: it hears, thinks and speaks by the part, without a model. */
final class ScriptedParts {
    private ScriptedParts() {}

    static Parts of(ScriptedAssistant.Part part) {
        return new Parts(
                () -> ScriptedParts::loud,
                new PartEars(part),
                (request, sink) -> reply(part, request, sink),
                new ToneVoice(part));
    }

    private static float loud(short[] pcm, int offset) {
        int peak = 0;
        for (int i = offset; i < offset + SpeechDetector.FRAME; i++) {
            peak = Math.max(peak, Math.abs(pcm[i]));
        }
        return peak > 1000 ? 0.9f : 0.05f;
    }

    private static void reply(ScriptedAssistant.Part part, Responder.Request request, Responder.Sink sink) {
        List<String> results = new ArrayList<>();
        String question = "";
        for (Turn turn : request.turns()) {
            switch (turn) {
                case Turn.User user -> {
                    question = user.text().toLowerCase(Locale.ROOT);
                    results.clear();
                }
                case Turn.Result result -> results.add(result.output());
                default -> {}
            }
        }
        String asked = question;
        if (!results.isEmpty()) {
            sink.text(String.join(" ", results));
            return;
        }
        List<String> functions = request.tools().stream()
                .map(tool -> tool.name())
                .filter(name -> Stream.of(name.split("_")).anyMatch(word -> word.length() > 2 && asked.contains(word)))
                .toList();
        functions.forEach(name -> sink.call(name, part.arguments()));
        if (functions.isEmpty()) {
            sink.text(asked.contains(part.endless()) ? (part.answer() + " ").repeat(200) : part.answer());
        }
    }

    /** Understands every utterance as the part says. */
    private record PartEars(ScriptedAssistant.Part part) implements Ears {
        @Override
        public Transcriber listen() {
            return new Transcriber() {
                @Override
                public void accept(short[] pcm, int offset, int length) {}

                @Override
                public Transcript finish() {
                    return new Transcript(part.heard(), true);
                }

                @Override
                public void cancel() {}
            };
        }

        @Override
        public void close() {}
    }

    /** A tone for each word. */
    private record ToneVoice(ScriptedAssistant.Part part) implements Synthesizer {
        @Override
        public void speak(String sentence, String voice, Sink sink) {
            byte[] word = ScriptedAssistant.word();
            short[] pcm = new short[word.length / 2];
            for (int i = 0; i < pcm.length; i++) {
                pcm[i] = (short) ((word[2 * i] & 255) | (word[2 * i + 1] << 8));
            }
            for (int words = sentence.split(" ").length; words > 0; words--) {
                if (!sink.pcm(pcm, 0, pcm.length)) {
                    return;
                }
            }
        }

        @Override
        public void close() {}
    }
}

package dev.parley.testkit.gemini;

import dev.parley.protocol.Json;
import dev.parley.testkit.assistant.ScriptedAssistant;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A model that converses by the same part as {@link ScriptedAssistant}, as Gemini would. */
public final class GeminiAssistant implements GeminiScript {
    private final ScriptedAssistant.Part part;
    private final AtomicInteger calls = new AtomicInteger();

    /** An assistant that knows its part. */
    public GeminiAssistant(ScriptedAssistant.Part part) {
        this.part = part;
    }

    @Override
    public void answer(UserTurn turn, FakeGeminiSession session) throws IOException, InterruptedException {
        switch (turn) {
            case UserTurn.Text text -> answer(text.text().toLowerCase(Locale.ROOT), session);
            case UserTurn.Speech speech -> {
                if (session.transcribes(true)) {
                    for (String word : part.heard().split("(?= )")) {
                        session.send(new ModelMessage().heard(word));
                    }
                }
                answer(part.heard().toLowerCase(Locale.ROOT), session);
            }
            case UserTurn.Results results -> {
                StringBuilder said = new StringBuilder();
                for (JsonNode response : results.responses()) {
                    JsonNode output = response.path("response").path("output");
                    said.append(said.isEmpty() ? "" : " ")
                            .append(output.isString() ? output.asString() : response.path("response"));
                }
                say(said.toString(), session, true);
            }
        }
    }

    private void answer(String question, FakeGeminiSession session) throws IOException, InterruptedException {
        List<String> functions = functionsFor(question, session.setup());
        if (!functions.isEmpty()) {
            ModelMessage message = new ModelMessage();
            for (String name : functions) {
                String id = "function-call-" + calls.incrementAndGet();
                message.call(id, name, Json.mapper().readTree(part.arguments()));
            }
            session.send(message.usage(40, 20, 0));
            return;
        }
        say(part.answer(), session, !question.contains(part.endless()));
    }

    private static void say(String text, FakeGeminiSession session, boolean ends)
            throws IOException, InterruptedException {
        boolean spoken = session.setup()
                .at("/generationConfig/responseModalities/0")
                .asString("AUDIO")
                .equals("AUDIO");
        for (String word : text.split("(?<= )")) {
            if (!spoken) {
                session.send(new ModelMessage().text(word));
                continue;
            }
            if (session.transcribes(false)) {
                session.send(new ModelMessage().transcript(word));
            }
            session.send(new ModelMessage().audio(ScriptedAssistant.word()));
        }
        if (ends) {
            session.send(new ModelMessage().generationComplete());
            session.send(new ModelMessage().turnComplete().usage(40, 5, 15));
        }
    }

    private static List<String> functionsFor(String question, JsonNode setup) {
        List<String> found = new ArrayList<>();
        for (JsonNode tool : setup.path("tools")) {
            for (JsonNode function : tool.path("functionDeclarations")) {
                String name = function.path("name").asString("");
                String[] words = name.toLowerCase(Locale.ROOT).split("_");
                if (Stream.of(words).anyMatch(word -> word.length() > 2 && question.contains(word))) {
                    found.add(name);
                }
            }
        }
        return found;
    }
}

package dev.parley.server.demo;

import dev.parley.audio.Wav;
import dev.parley.protocol.Json;
import dev.parley.server.call.Clip;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A recorded question.
 *
 * @param file the recording, beside this class
 * @param text what is said in it
 * @param answer the words that the right answer ends with, where they are always the same; else empty
 * @param room for a light: its room; else empty
 * @param on for a light: whether it is to be turned on
 */
record Question(String file, String text, Kind kind, String answer, String room, boolean on) {
    /** What a question is about. */
    enum Kind {
        SUM,
        DIGITS,
        BOOKING,
        TIME,
        DATE,
        LIGHT,
        HELP
    }

    /** All recorded questions. */
    static List<Question> all() {
        try (InputStream in = open("questions.json")) {
            List<Question> questions = new ArrayList<>();
            for (JsonNode entry : Json.mapper().readTree(in)) {
                questions.add(new Question(
                        entry.path("file").asString(),
                        entry.path("text").asString(),
                        Kind.valueOf(entry.path("kind").asString().toUpperCase(java.util.Locale.ROOT)),
                        entry.path("answer").asString(""),
                        entry.path("room").asString(""),
                        entry.path("on").asBoolean(false)));
            }
            return List.copyOf(questions);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The recording. */
    Clip clip() {
        try (InputStream in = open(file)) {
            return Clip.of(Wav.read(in, file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String name) {
        InputStream in = Question.class.getResourceAsStream(name);
        if (in == null) {
            throw new IllegalStateException("the recording " + name + " is missing in this build");
        }
        return in;
    }
}

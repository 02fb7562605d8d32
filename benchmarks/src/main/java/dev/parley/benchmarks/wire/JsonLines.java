package dev.parley.benchmarks.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/** How a process of the bench is spoken to: a question a line on its input, an answer a line on its output. */
public final class JsonLines {
    /** Writes and reads the records. */
    public static final JsonMapper JSON = JsonMapper.builder().build();

    private JsonLines() {}

    /** Answers questions until the input ends, as it does when the asking process is gone. */
    public static <Q, A> void serve(Class<Q> question, Function<Q, A> answers) throws IOException {
        PrintStream out = System.out;
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.println(JSON.writeValueAsString(answers.apply(JSON.readValue(line, question))));
            out.flush();
        }
    }
}

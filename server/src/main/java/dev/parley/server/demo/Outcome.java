package dev.parley.server.demo;

import dev.parley.server.call.Exchange;
import java.util.List;

/**
 * What came of a question.
 *
 * @param problems what is wrong with the answer; empty: nothing
 */
record Outcome(Question question, Exchange exchange, List<String> problems) {
    Outcome {
        problems = List.copyOf(problems);
    }

    boolean right() {
        return problems.isEmpty();
    }
}

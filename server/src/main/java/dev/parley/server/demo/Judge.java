package dev.parley.server.demo;

import dev.parley.server.call.Exchange;
import java.util.List;

/** Says what is wrong with answers. */
interface Judge {
    /**
     * What is wrong with an answer; empty: nothing.
     *
     * @param endings the words that the right answer ends with; one of them will do
     */
    List<String> problems(Question question, Exchange exchange, List<String> endings);

    /** What is wrong with an answer that was spoken over; empty: nothing. */
    List<String> problemsOfCutOff(Exchange exchange);

    /** What answers are in which it finds nothing wrong, as in {@code 3 answers came and are right}. */
    String verdict();
}

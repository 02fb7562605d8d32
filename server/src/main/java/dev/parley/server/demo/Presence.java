package dev.parley.server.demo;

import dev.parley.audio.Level;
import dev.parley.server.call.Exchange;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes any answer for one that is there, in words and in sound: a model that answers freely cannot be told beforehand what it
 * should say.
 */
final class Presence implements Judge {
    @Override
    public List<String> problems(Question question, Exchange exchange, List<String> endings) {
        List<String> problems = new ArrayList<>();
        if (!exchange.status().equals("completed")) {
            problems.add("the response is '" + exchange.status() + "'");
        }
        problems.addAll(heard(exchange));
        return problems;
    }

    /** It is cut off only if the model has not made all of it already, which is faster than it is heard. */
    @Override
    public List<String> problemsOfCutOff(Exchange exchange) {
        return heard(exchange);
    }

    private static List<String> heard(Exchange exchange) {
        List<String> problems = new ArrayList<>();
        if (exchange.said().isEmpty()) {
            problems.add("the answer has no words");
        }
        if (Level.of(exchange.audio()).rms() < Proof.SILENT) {
            problems.add("the answer is silent");
        }
        return problems;
    }

    @Override
    public String verdict() {
        return "came, in words and in sound";
    }
}

package dev.parley.server;

import java.util.Map;
import java.util.Optional;

/**
 * What surrounds a command: variables, and whether its output may have colours.
 *
 * @param variables as in {@link System#getenv()}
 * @param colours whether a person watches on a terminal that takes ANSI colours
 */
public record Environment(Map<String, String> variables, boolean colours) {
    public Environment {
        variables = Map.copyOf(variables);
    }

    /** That of this process. The launcher, which can see a terminal on every JDK, says whether there is one. */
    static Environment ofProcess() {
        Map<String, String> variables = System.getenv();
        boolean plain = !variables.getOrDefault("NO_COLOR", "").isEmpty()
                || variables.getOrDefault("TERM", "dumb").equals("dumb");
        return new Environment(variables, Boolean.getBoolean("parley.terminal") && !plain);
    }

    /** A variable's value without blanks around it; an empty one counts as unset. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(variables.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }
}

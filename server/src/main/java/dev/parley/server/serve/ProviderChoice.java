package dev.parley.server.serve;

import dev.parley.server.Environment;
import java.util.Optional;

/**
 * Which provider sessions get that name none.
 *
 * @param name such as {@code openai}
 * @param why said to the user at start
 */
record ProviderChoice(String name, String why) {
    /** The one that was named; else the one whose key is set; else the embedded one. */
    static ProviderChoice of(Optional<String> named, Environment environment) {
        if (named.isPresent()) {
            return new ProviderChoice(named.get(), "as configured");
        }
        if (environment.get("OPENAI_API_KEY").isPresent()) {
            return new ProviderChoice("openai", "OPENAI_API_KEY is set");
        }
        for (String variable : new String[] {"GEMINI_API_KEY", "GOOGLE_API_KEY"}) {
            if (environment.get(variable).isPresent()) {
                return new ProviderChoice("gemini", variable + " is set");
            }
        }
        return new ProviderChoice("local", "no key is set");
    }
}

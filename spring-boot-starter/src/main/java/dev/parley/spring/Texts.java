package dev.parley.spring;

import dev.parley.RealtimeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ResourceLoader;

/** Texts of properties, which may be resources. */
final class Texts {
    private Texts() {}

    /**
     * The text itself, or, after {@code classpath:} or {@code file:}, what is there, in UTF-8.
     *
     * @throws RealtimeException if there is nothing there
     */
    static String read(String text, ResourceLoader resources) {
        if (!text.startsWith("classpath:") && !text.startsWith("file:")) {
            return text;
        }
        try {
            return resources.getResource(text.strip()).getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new RealtimeException.InvalidConfig("the instructions " + text.strip() + " cannot be read: "
                    + e.getClass().getSimpleName() + ". Is the resource there?");
        }
    }
}

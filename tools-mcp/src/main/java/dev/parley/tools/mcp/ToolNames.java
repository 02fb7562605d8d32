package dev.parley.tools.mcp;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;

/** The names that a server's tools get for the model: of letters, digits, {@code _} and {@code -}, at most 64, each once. */
final class ToolNames {
    private static final int LONGEST = 64;

    private final String prefix;
    private final Set<String> taken = new HashSet<>();

    ToolNames(String prefix) {
        this.prefix = prefix;
    }

    /** The name of the tool that the server names so; the same for the same tools in the same order. */
    String name(String served) {
        String whole = (prefix + served).replaceAll("[^a-zA-Z0-9_-]", "_");
        if (whole.isEmpty()) {
            whole = "_";
        }
        if (whole.length() > LONGEST) {
            CRC32 rest = new CRC32();
            rest.update(served.getBytes(StandardCharsets.UTF_8));
            whole = whole.substring(0, LONGEST - 9) + "_" + String.format("%08x", rest.getValue());
        }
        String name = whole;
        for (int count = 2; !taken.add(name); count++) {
            String suffix = "_" + count;
            name = whole.substring(0, Math.min(whole.length(), LONGEST - suffix.length())) + suffix;
        }
        return name;
    }
}

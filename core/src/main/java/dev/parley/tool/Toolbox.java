package dev.parley.tool;

import dev.parley.RealtimeException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tools by their names. */
public final class Toolbox {
    /** No tools. */
    public static final Toolbox EMPTY = new Toolbox(List.of());

    private final Map<String, RealtimeTool> tools = new LinkedHashMap<>();

    /**
     * These tools.
     *
     * @throws RealtimeException if two have one name
     */
    public Toolbox(Collection<? extends RealtimeTool> tools) {
        for (RealtimeTool tool : tools) {
            // Asked once: it is the application's code, and lanes read it.
            ToolSpec spec = tool.spec();
            if (this.tools.put(spec.name(), RealtimeTool.of(spec, tool::call)) != null) {
                throw new RealtimeException.InvalidConfig(
                        "two tools have the name '" + spec.name() + "'; rename one of them");
            }
        }
    }

    /** The tools, in the order in which they were given. */
    public List<RealtimeTool> tools() {
        return List.copyOf(tools.values());
    }

    /** The tool of a name. */
    public Optional<RealtimeTool> named(String name) {
        return Optional.ofNullable(tools.get(name));
    }
}

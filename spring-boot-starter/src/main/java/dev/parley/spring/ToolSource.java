package dev.parley.spring;

import dev.parley.tool.RealtimeTool;
import java.util.List;

/** A bean that knows several tools, such as those of an MCP server; they count as beans of {@link RealtimeTool}. */
@FunctionalInterface
public interface ToolSource {
    /** Its tools; asked once, at start. */
    List<? extends RealtimeTool> tools();
}

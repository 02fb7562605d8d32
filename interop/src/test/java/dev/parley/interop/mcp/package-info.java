/** MCP servers that others wrote, as tools of a voice agent. */
@NullMarked
package dev.parley.interop.mcp;

import org.jspecify.annotations.NullMarked;

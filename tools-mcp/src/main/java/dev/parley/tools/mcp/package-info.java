/** Tools of MCP servers, which a voice agent calls like its own. */
@NullMarked
package dev.parley.tools.mcp;

import org.jspecify.annotations.NullMarked;

/** One session with Gemini Live: its connections, turns, items and tools, told as OpenAI's events. */
@NullMarked
package dev.parley.gemini.live;

import org.jspecify.annotations.NullMarked;

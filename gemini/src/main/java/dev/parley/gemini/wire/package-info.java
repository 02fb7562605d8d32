/** Gemini Live's messages: how they are made, read and counted. */
@NullMarked
package dev.parley.gemini.wire;

import org.jspecify.annotations.NullMarked;

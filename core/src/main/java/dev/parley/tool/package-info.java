/** Tools that a voice agent may use: what they are, their schemas, their calls. */
@NullMarked
package dev.parley.tool;

import org.jspecify.annotations.NullMarked;

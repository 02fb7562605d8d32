/** Opus (RFC 6716) for sessions whose client asks for {@code audio/opus}, by Concentus, in plain Java. */
@NullMarked
package dev.parley.opus;

import org.jspecify.annotations.NullMarked;

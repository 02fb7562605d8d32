/** WebSocket frames and audio events whose every byte is known, as cheap as both ends of a measurement need them. */
@NullMarked
package dev.parley.benchmarks.wire;

import org.jspecify.annotations.NullMarked;

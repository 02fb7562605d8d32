/** The OpenAI Realtime events as Parley passes them on: bytes, one scan, and as little parsing as can be. */
@NullMarked
package dev.parley.protocol;

import org.jspecify.annotations.NullMarked;

/** The way to Gemini: connections one after the other, and what waits for them. */
@NullMarked
package dev.parley.gemini.uplink;

import org.jspecify.annotations.NullMarked;

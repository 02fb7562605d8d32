/** A server of Gemini Live for tests: strict about what it gets, and with a script for what it answers. */
@NullMarked
package dev.parley.testkit.gemini;

import org.jspecify.annotations.NullMarked;

/** A provider for tests that converses: what it hears and says is written beforehand. */
@NullMarked
package dev.parley.testkit.assistant;

import org.jspecify.annotations.NullMarked;

/** Checks of what is said and done in an agent's sessions. */
@NullMarked
package dev.parley.guardrail;

import org.jspecify.annotations.NullMarked;

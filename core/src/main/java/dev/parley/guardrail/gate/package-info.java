/** What waits in a session while guardrails are asked, and how it is kept from going on. */
@NullMarked
package dev.parley.guardrail.gate;

import org.jspecify.annotations.NullMarked;

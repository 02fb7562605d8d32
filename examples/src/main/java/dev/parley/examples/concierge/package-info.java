/** The desk of a hotel: tools, approval, guardrails, a slow tool, and a guest who calls. */
@NullMarked
package dev.parley.examples.concierge;

import org.jspecify.annotations.NullMarked;

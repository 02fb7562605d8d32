/** The command {@code parley conformance}. */
@NullMarked
package dev.parley.server.conformance;

import org.jspecify.annotations.NullMarked;

/** Recorded traffic, replayed through a gateway and compared with what comes out. */
@NullMarked
package dev.parley.testkit.conformance;

import org.jspecify.annotations.NullMarked;

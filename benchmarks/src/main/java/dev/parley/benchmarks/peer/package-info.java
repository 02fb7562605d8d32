/** What is measured: Parley, and the relays beside it. */
@NullMarked
package dev.parley.benchmarks.peer;

import org.jspecify.annotations.NullMarked;

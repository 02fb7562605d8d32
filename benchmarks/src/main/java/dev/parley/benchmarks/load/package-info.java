/** The load generator's process: paced, flooding, idle and opening sessions, each event verified. */
@NullMarked
package dev.parley.benchmarks.load;

import org.jspecify.annotations.NullMarked;

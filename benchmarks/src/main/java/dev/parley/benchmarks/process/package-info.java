/** Processes: started, asked, measured and ended. */
@NullMarked
package dev.parley.benchmarks.process;

import org.jspecify.annotations.NullMarked;

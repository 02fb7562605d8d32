/** Figures, their medians and ratios, and the table. */
@NullMarked
package dev.parley.benchmarks.report;

import org.jspecify.annotations.NullMarked;

/** The command {@code bench}: Parley beside its peers, each a process of its own, in one run and one table. */
@NullMarked
package dev.parley.benchmarks;

import org.jspecify.annotations.NullMarked;

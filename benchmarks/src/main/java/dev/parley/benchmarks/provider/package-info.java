/** The fake provider's process: one delta for each append, every byte verified. */
@NullMarked
package dev.parley.benchmarks.provider;

import org.jspecify.annotations.NullMarked;

/** JMH benchmarks of the media path's parts, in the package of those that nobody else may see. */
@NullMarked
package dev.parley.netty;

import org.jspecify.annotations.NullMarked;

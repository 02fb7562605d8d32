/** What the gateway tells Prometheus. */
@NullMarked
package dev.parley.server.metrics;

import org.jspecify.annotations.NullMarked;

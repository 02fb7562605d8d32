/** The gateway as a process of its own, and its settings. */
@NullMarked
package dev.parley.server.serve;

import org.jspecify.annotations.NullMarked;

/** A client on the command line. */
@NullMarked
package dev.parley.server.talk;

import org.jspecify.annotations.NullMarked;

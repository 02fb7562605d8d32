/** The seams to sockets: servers that clients reach, and connections to providers. */
@NullMarked
package dev.parley.transport;

import org.jspecify.annotations.NullMarked;

/** Parley's sockets on Netty: the server that clients reach and the connections to providers. */
@NullMarked
package dev.parley.netty;

import org.jspecify.annotations.NullMarked;

/** RFC 6455, a clause a test, through sockets alone: {@code docs/wire/websocket.md} says which test holds which clause. */
@NullMarked
package dev.parley.testkit.wire;

import org.jspecify.annotations.NullMarked;

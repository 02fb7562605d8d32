/**
 * A session's audio in the client's format on one side and in the provider's on the other: only where the two differ is a
 * payload decoded. Knows formats and events, and neither sessions nor sockets.
 */
@NullMarked
package dev.parley.transcode;

import org.jspecify.annotations.NullMarked;

/**
 * The OpenAI Realtime protocol, typed: every client and server event of GA as a record. For users' code and for the edges;
 * the media path passes events as bytes ({@code dev.parley.protocol}).
 *
 * <p>Decoding never fails and loses nothing, so that encoding gives the same JSON again. A component is {@code @Nullable}
 * where the protocol lets it be left out. All others are never null: where a server left one out all the same, it is
 * empty, 0 or false, and {@code more} remembers. {@code more} keeps whatever the components cannot: unknown fields,
 * explicit nulls, values of an unexpected type; what it decides ({@link dev.parley.protocol.Fields#decides}) is what is
 * encoded. An event made by hand takes {@link dev.parley.protocol.Fields#NONE}.
 */
@NullMarked
package dev.parley.event;

import org.jspecify.annotations.NullMarked;

/** WebSockets that others wrote, at both ends of a gateway: fragments, long messages, pings, close codes. */
@NullMarked
package dev.parley.interop.foreign;

import org.jspecify.annotations.NullMarked;

/** A character in a game, in the game's own process: it trades, remembers, and changes its mood. */
@NullMarked
package dev.parley.examples.gamenpc;

import org.jspecify.annotations.NullMarked;

/** The user's side of a session: the input audio buffer, the turns that are found in it, and their recognition. */
@NullMarked
package dev.parley.local.input;

import org.jspecify.annotations.NullMarked;

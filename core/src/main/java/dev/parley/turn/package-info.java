/** Who speaks when: responses, interruptions, playback, and the conversation as it was heard. */
@NullMarked
package dev.parley.turn;

import org.jspecify.annotations.NullMarked;

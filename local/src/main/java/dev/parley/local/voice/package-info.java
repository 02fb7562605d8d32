/** A message on its way from text to deltas of audio that keep a bounded lead over their playback. */
@NullMarked
package dev.parley.local.voice;

import org.jspecify.annotations.NullMarked;

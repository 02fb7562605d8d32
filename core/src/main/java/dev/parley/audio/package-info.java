/** Plain PCM audio: 16-bit signed samples, files and sample rates. Depends on nothing. */
@NullMarked
package dev.parley.audio;

import org.jspecify.annotations.NullMarked;

/** The seam to speech-to-speech models. */
@NullMarked
package dev.parley.provider;

import org.jspecify.annotations.NullMarked;

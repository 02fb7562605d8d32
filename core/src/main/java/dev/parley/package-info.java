/** Real-time voice AI for Java: sessions between a client and a speech-to-speech model. */
@NullMarked
package dev.parley;

import org.jspecify.annotations.NullMarked;

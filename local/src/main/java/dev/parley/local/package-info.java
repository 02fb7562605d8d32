/** The embedded provider: a speech-to-speech model of sorts in this JVM, behind OpenAI's Realtime protocol. */
@NullMarked
package dev.parley.local;

import org.jspecify.annotations.NullMarked;

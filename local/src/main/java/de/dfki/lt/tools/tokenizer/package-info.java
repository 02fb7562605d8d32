/**
 * Stand-in for the tokenizer JTok, which MaryTTS 5.2 needs but Maven Central does not have.
 *
 * <p>MaryTTS's class {@code marytts.modules.JTokeniser} is linked against these names, so they cannot be ours. Only what
 * it calls is here, written anew; text reaches it already put into words by {@code dev.parley.local.speech}, one
 * phrase at a time, so cutting at blanks and punctuation is enough. An application that has the real JTok on its class path
 * before this module uses that one, with the same result.
 */
@NullMarked
package de.dfki.lt.tools.tokenizer;

import org.jspecify.annotations.NullMarked;

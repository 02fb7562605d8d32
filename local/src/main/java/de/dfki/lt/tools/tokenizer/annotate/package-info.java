/** Annotated strings under the names of JTok, for MaryTTS; see {@link de.dfki.lt.tools.tokenizer}. */
@NullMarked
package de.dfki.lt.tools.tokenizer.annotate;

import org.jspecify.annotations.NullMarked;

/** Gemini Live as a provider: the Developer API and Vertex AI. */
@NullMarked
package dev.parley.gemini;

import org.jspecify.annotations.NullMarked;

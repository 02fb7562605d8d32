/** What a Gemini session is set up with: OpenAI's session fields, turned into Gemini's, and what the models can do. */
@NullMarked
package dev.parley.gemini.setup;

import org.jspecify.annotations.NullMarked;

/** OpenAI Realtime and every server that speaks it. */
@NullMarked
package dev.parley.provider.openai;

import org.jspecify.annotations.NullMarked;

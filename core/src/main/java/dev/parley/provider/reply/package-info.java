/** What providers are made of that answer OpenAI's events themselves: errors, items and responses in their order. */
@NullMarked
package dev.parley.provider.reply;

import org.jspecify.annotations.NullMarked;

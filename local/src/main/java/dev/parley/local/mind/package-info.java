/** Minds: what answers a turn. A demo that matches phrases, and any chat endpoint of OpenAI's shape. */
@NullMarked
package dev.parley.local.mind;

import org.jspecify.annotations.NullMarked;

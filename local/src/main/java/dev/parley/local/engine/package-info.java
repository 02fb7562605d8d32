/** An OpenAI Realtime server in this process: one session's events, turns and responses, all on the session's lane. */
@NullMarked
package dev.parley.local.engine;

import org.jspecify.annotations.NullMarked;

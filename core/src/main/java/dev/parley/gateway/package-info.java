/** The gateway's answers: to clients that want to connect, and to the REST calls of OpenAI Realtime. */
@NullMarked
package dev.parley.gateway;

import org.jspecify.annotations.NullMarked;

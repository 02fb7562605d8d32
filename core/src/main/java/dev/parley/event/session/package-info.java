/** A session's configuration, piece by piece. OpenAI Realtime: {@code session.update}. */
@NullMarked
package dev.parley.event.session;

import org.jspecify.annotations.NullMarked;

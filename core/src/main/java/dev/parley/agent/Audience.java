package dev.parley.agent;

import dev.parley.ConversationListener;
import dev.parley.RealtimeSession;
import dev.parley.Turn;
import dev.parley.lane.Mailbox;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who are told what was said in an agent's session, on its mailbox. */
record Audience(RealtimeSession session, List<ConversationListener> listeners, Mailbox mailbox) {
    private static final Logger LOG = LoggerFactory.getLogger(Audience.class);

    void turn(Turn turn) {
        listeners.forEach(listener -> mailbox.post(() -> tell(listener, told -> told.turn(session, turn))));
    }

    void ended(List<Turn> transcript) {
        listeners.forEach(listener -> mailbox.postLast(() -> tell(listener, told -> told.ended(session, transcript))));
    }

    private static void tell(ConversationListener listener, Consumer<ConversationListener> news) {
        try {
            news.accept(listener);
        } catch (RuntimeException e) {
            // Its text may hold what was said.
            LOG.error(
                    "The listener {} failed with {}",
                    listener.getClass().getName(),
                    e.getClass().getName());
        }
    }
}

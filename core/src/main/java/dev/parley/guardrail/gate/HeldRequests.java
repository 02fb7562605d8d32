package dev.parley.guardrail.gate;

import dev.parley.protocol.ControlEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Requests for responses that wait until what they are about is allowed; they leave in their order. Lane only. */
final class HeldRequests {
    /** The most requests that wait; and the most bytes of them together. */
    private static final int MOST = 32;

    private static final int MOST_BYTES = 1 << 20;

    /** One that waits. */
    static final class Held {
        final ControlEvent request;
        final boolean byClient;
        final boolean aboutConversation;
        /** Whether a text that it brings along is not allowed yet. */
        boolean judged;

        private Held(ControlEvent request, boolean byClient, boolean judged) {
            this.request = request;
            this.byClient = byClient;
            this.judged = judged;
            this.aboutConversation = aboutConversation(request);
        }
    }

    private final Deque<Held> waiting = new ArrayDeque<>();
    private int bytes;

    /** Whether a response would answer to what is in the conversation. */
    static boolean aboutConversation(ControlEvent request) {
        JsonNode response = request.jsonOrEmpty().path("response");
        if (response.path("parley").has("say")) {
            return false;
        }
        JsonNode input = response.path("input");
        if (!input.isArray()) {
            return true;
        }
        for (JsonNode item : input) {
            if (!item.path("type").asString("").equals("message")) {
                return true;
            }
        }
        return false;
    }

    /** Lets a request wait; empty: there is no room for it. */
    Optional<Held> add(ControlEvent request, boolean byClient, boolean judged) {
        int size = request.wire().length();
        if (waiting.size() >= MOST || bytes + size > MOST_BYTES) {
            return Optional.empty();
        }
        Held held = new Held(request.copy(), byClient, judged);
        waiting.add(held);
        bytes += size;
        return Optional.of(held);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Takes a request out; answers whether it still waited. */
    boolean remove(Held held) {
        boolean there = waiting.remove(held);
        bytes -= there ? held.request.wire().length() : 0;
        return there;
    }

    /**
     * Lets go the first ones.
     *
     * @param free whether one may leave
     */
    void release(Predicate<Held> free, Consumer<Held> out) {
        for (Held first = waiting.peek(); first != null && free.test(first); first = waiting.peek()) {
            remove(first);
            out.accept(first);
        }
    }

    /** Takes out all that are about the conversation. */
    void refuse(Consumer<Held> out) {
        Deque<Held> refused = new ArrayDeque<>();
        for (Iterator<Held> all = waiting.iterator(); all.hasNext(); ) {
            Held held = all.next();
            if (held.aboutConversation) {
                all.remove();
                bytes -= held.request.wire().length();
                refused.add(held);
            }
        }
        refused.forEach(out);
    }
}

package dev.parley.provider;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** How a provider's leg begins. */
public sealed interface Start {
    /** With an empty conversation. */
    Start FRESH = new Fresh();

    /** With an empty conversation. */
    record Fresh() implements Start {}

    /**
     * Where another leg of the same provider ended.
     *
     * @param handle what that provider gave for this
     */
    record Resume(String handle) implements Start {}

    /**
     * With a conversation that took place elsewhere.
     *
     * @param history its items in order, as in {@code conversation.item.create}
     */
    record Seed(List<ObjectNode> history) implements Start {
        public Seed {
            history = List.copyOf(history);
        }
    }
}

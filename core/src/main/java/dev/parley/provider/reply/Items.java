package dev.parley.provider.reply;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The conversation that the items of a response go into. */
public interface Items {
    /**
     * Appends an item, which is still written to.
     *
     * @return the id of the item before it, or null
     */
    @Nullable
    String append(ObjectNode item);

    /**
     * An item that was appended is whole.
     *
     * @return the id of the item before it, or null
     */
    @Nullable
    String whole(ObjectNode item);
}

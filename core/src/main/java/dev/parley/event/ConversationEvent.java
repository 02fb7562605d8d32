package dev.parley.event;

import dev.parley.event.codec.Wire;
import dev.parley.protocol.Fields;
import org.jspecify.annotations.Nullable;

/** What becomes of the conversation's items. OpenAI Realtime: {@code conversation.created}, {@code conversation.item.*}. */
public sealed interface ConversationEvent extends ServerEvent {
    /** {@code conversation.created}: a conversation has begun; some servers alone send it. */
    @Wire.Type("conversation.created")
    record Created(String eventId, Conversation conversation, Fields more) implements ConversationEvent {}

    /**
     * A conversation.
     *
     * @param id such as {@code conv_…}
     * @param object {@code realtime.conversation}
     */
    record Conversation(@Nullable String id, @Nullable String object, Fields more) {}

    /**
     * {@code conversation.item.added}: an item is in the conversation, perhaps still without its content.
     *
     * @param previousItemId the item before it; null: it is the first
     */
    @Wire.Type("conversation.item.added")
    record ItemAdded(String eventId, @Nullable String previousItemId, Item item, Fields more)
            implements ConversationEvent {}

    /**
     * {@code conversation.item.done}: an item is complete.
     *
     * @param previousItemId the item before it; some servers leave it null
     */
    @Wire.Type("conversation.item.done")
    record ItemDone(String eventId, @Nullable String previousItemId, Item item, Fields more)
            implements ConversationEvent {}

    /**
     * {@code conversation.item.created}: an item is in the conversation; what servers of the beta dialect send.
     *
     * @param previousItemId the item before it; null: it is the first
     */
    @Wire.Type("conversation.item.created")
    record ItemCreated(String eventId, @Nullable String previousItemId, Item item, Fields more)
            implements ConversationEvent {}

    /**
     * {@code conversation.item.retrieved}: the answer to {@code conversation.item.retrieve}.
     *
     * @param item with its audio
     */
    @Wire.Type("conversation.item.retrieved")
    record ItemRetrieved(String eventId, Item item, Fields more) implements ConversationEvent {}

    /** {@code conversation.item.deleted}: an item is out of the conversation. */
    @Wire.Type("conversation.item.deleted")
    record ItemDeleted(String eventId, String itemId, Fields more) implements ConversationEvent {}

    /**
     * {@code conversation.item.truncated}: speech of the model's was cut to what was heard, and its transcript removed.
     *
     * @param audioEndMs what is left, in ms
     */
    @Wire.Type("conversation.item.truncated")
    record ItemTruncated(String eventId, String itemId, int contentIndex, int audioEndMs, Fields more)
            implements ConversationEvent {}
}

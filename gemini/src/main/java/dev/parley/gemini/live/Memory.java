package dev.parley.gemini.live;

import dev.parley.gemini.setup.GeminiModel;
import dev.parley.gemini.wire.Messages;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What a connection is told of the session before it, where it does not resume it. Lane only. */
final class Memory {
    private final GeminiModel model;
    private final Conversation conversation;
    private final Changes changes;
    private final ToolCalls tools;
    /** What the last connection that begins afresh was told to expect. */
    private List<ObjectNode> announced = List.of();

    Memory(GeminiModel model, Conversation conversation, Changes changes, ToolCalls tools) {
        this.model = model;
        this.conversation = conversation;
        this.changes = changes;
        this.tools = tools;
    }

    /**
     * The first message of a connection.
     *
     * @param handle of the session that is resumed; null: it begins afresh
     * @param again whether there was a connection before
     * @param seeds whether the first connection is told a history
     */
    ObjectNode setup(@Nullable String handle, boolean again, boolean seeds) {
        announced = handle == null && again ? conversation.history() : List.of();
        tools.setUp();
        // Announced and not told, a history would be waited for.
        boolean history = handle == null && model.initialHistory() && (again ? !announced.isEmpty() : seeds);
        return changes.setup(handle, history);
    }

    /** The conversation so far; {@code answered} if a question of it was lost. */
    List<ObjectNode> history(boolean answered) {
        tools.forget();
        List<ObjectNode> turns = model.initialHistory() ? announced : conversation.history();
        List<ObjectNode> messages = new ArrayList<>();
        if (!turns.isEmpty()) {
            messages.add(Messages.content(turns, model.initialHistory() || answered));
        }
        if (answered && (model.initialHistory() || turns.isEmpty())) {
            messages.add(PendingTurns.nudge(model));
        }
        return messages;
    }
}

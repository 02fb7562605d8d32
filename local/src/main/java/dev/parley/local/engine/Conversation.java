package dev.parley.local.engine;

import dev.parley.local.mind.Turn;
import dev.parley.provider.reply.Items;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A session's conversation: its items in order, bounded in number and in audio. Used on the lane. */
final class Conversation implements Items {
    /** The most items; beyond it the oldest is forgotten. */
    static final int MOST_ITEMS = 1_000;
    /** The most audio that is kept for {@code conversation.item.retrieve}, in bytes: 87 s. */
    static final int MOST_AUDIO = 4 << 20;
    /** The most text, in tokens; beyond it the oldest item is forgotten. */
    private static final int MOST_TOKENS = 128_000;

    private final List<Item> items = new ArrayList<>();
    private List<Runnable> whenHeard = new ArrayList<>();

    @Nullable
    Item find(String id) {
        for (int i = items.size() - 1; i >= 0; i--) {
            if (items.get(i).id().equals(id)) {
                return items.get(i);
            }
        }
        return null;
    }

    boolean hasCall(String callId) {
        return items.stream()
                .anyMatch(item ->
                        item.type().equals("function_call") && item.callId().equals(callId));
    }

    /** The id of the last item, or null. */
    @Nullable
    String lastId() {
        return items.isEmpty() ? null : items.getLast().id();
    }

    @Override
    public @Nullable String append(ObjectNode item) {
        return append(new Item(item));
    }

    @Override
    public @Nullable String whole(ObjectNode json) {
        Item item = find(json.path("id").asString(""));
        bound();
        return item == null ? null : before(item);
    }

    /** Appends an item and gives the id of the one before it, or null. */
    @Nullable
    String append(Item item) {
        return insert(items.size(), item);
    }

    /** Puts an item behind another ({@code null}: at the front) and gives the id of the one before it, or null. */
    @Nullable
    String insertAfter(@Nullable Item previous, Item item) {
        return insert(previous == null ? 0 : items.indexOf(previous) + 1, item);
    }

    private @Nullable String insert(int index, Item item) {
        String previous = index == 0 ? null : items.get(index - 1).id();
        items.add(index, item);
        bound();
        return previous;
    }

    /** The id of the item before another, or null. */
    @Nullable
    String before(Item item) {
        int index = items.indexOf(item);
        return index < 1 ? null : items.get(index - 1).id();
    }

    void remove(Item item) {
        items.remove(item);
        tellIfHeard();
    }

    /** Lets the oldest go: first audio, then whole items. Called when an item was added or has grown. */
    void bound() {
        long audio = 0;
        long tokens = 0;
        int first = 0;
        for (int i = items.size() - 1; i >= 0; i--) {
            Item item = items.get(i);
            audio += item.audioBytes();
            tokens += item.textTokens();
            if (audio > MOST_AUDIO) {
                item.forgetAudio();
            }
            if (first == 0 && (items.size() - i > MOST_ITEMS || tokens > MOST_TOKENS) && i < items.size() - 1) {
                first = i + 1;
            }
        }
        if (first > 0) {
            items.subList(0, first).clear();
        }
    }

    /** Files what was recognised. */
    void heard(Item item, String text, boolean understood) {
        item.heard(text, understood);
        tellIfHeard();
    }

    /** Runs a task once no speech is being recognised any more: at once, or later. */
    void whenHeard(Runnable task) {
        whenHeard.add(task);
        tellIfHeard();
    }

    private void tellIfHeard() {
        if (items.stream().noneMatch(Item::pending)) {
            List<Runnable> due = whenHeard;
            whenHeard = new ArrayList<>();
            due.forEach(Runnable::run);
        }
    }

    List<Item> items() {
        return List.copyOf(items);
    }

    static List<Turn> turns(List<Item> items) {
        return items.stream().map(Item::turn).toList();
    }
}

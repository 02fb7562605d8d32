package dev.parley.turn;

import dev.parley.protocol.ItemKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Knows what is to be done when the assistant is cut off: a pure machine. The client stops playing, what is on its way is
 * dropped, late audio too, the response ends, and the provider's memory of each item is cut to what was heard.
 */
final class BargeIn {
    /** How long a provider that cancels by itself may go on sending audio before it is told to. */
    static final long PATIENCE_MS = 1_000;
    /** How many items are remembered as truncated. */
    private static final int REMEMBERED = 256;

    private BargeIn() {}

    /**
     * Audio of one part of an item.
     *
     * @param responseId of what response; empty: not known
     * @param live whether that response is not done, so that more may come
     * @param remembered whether the item is in the conversation; those of responses out of band are not
     * @param all whether all that has come from the provider was heard
     */
    record Audio(ItemKey part, String responseId, boolean live, boolean remembered, long heardMillis, boolean all) {}

    /**
     * Late audio of an item is dropped.
     *
     * @param heardMillis where the item is to be truncated if any comes
     */
    record Cut(String responseId, long heardMillis) {}

    /**
     * The machine's state.
     *
     * @param cuts by item ids
     * @param responses the responses that were cut, each with whether it was told to the provider
     * @param truncated the items that the provider was told to truncate, by anybody
     */
    record State(Map<String, Cut> cuts, Map<String, Boolean> responses, List<String> truncated) {
        static final State START = new State(Map.of(), Map.of(), List.of());

        boolean cut(String itemId) {
            return cuts.containsKey(itemId);
        }

        boolean any() {
            return !cuts.isEmpty() || !responses.isEmpty();
        }
    }

    /** What happened. */
    sealed interface Input {
        /**
         * The assistant is cut off.
         *
         * @param audio what is not heard, and what belongs to a response that is not done, in the order of playing
         * @param active the active response of the conversation, or null
         * @param items the ids of its items so far
         * @param cancels whether the provider cancels that by itself
         * @param generation whether the response is to end, too; not where only playback does
         */
        record Stop(List<Audio> audio, @Nullable String active, List<String> items, boolean cancels, boolean generation)
                implements Input {}

        /** The client truncates an item itself; it is to be passed on if {@link Action.Pass} follows. */
        record ClientTruncates(Audio audio) implements Input {}

        record ItemBegun(String responseId, String itemId) implements Input {}

        /** Audio of an item that is cut has come, so many ms after the cut. */
        record Late(ItemKey part, long afterMillis) implements Input {}

        record Done(String responseId) implements Input {}
    }

    /** What is to be done, in this order. */
    sealed interface Action {
        /** The client's event goes on. */
        record Pass() implements Action {}

        /** Nothing more of a part will be heard; drop what waits of it. */
        record Drop(ItemKey part, long heardMillis) implements Action {}

        /** Tell the client to stop playing. */
        record Clear(String responseId) implements Action {}

        record Cancel(String responseId) implements Action {}

        record Truncate(ItemKey part, long heardMillis) implements Action {}
    }

    static State step(State state, Input input, Consumer<Action> actions) {
        return switch (input) {
            case Input.Stop stop -> stop(state, stop, actions);
            case Input.ClientTruncates client -> clientTruncates(state, client.audio(), actions);
            case Input.ItemBegun begun ->
                state.responses().containsKey(begun.responseId())
                        ? new State(
                                with(state.cuts(), begun.itemId(), new Cut(begun.responseId(), 0)),
                                state.responses(),
                                state.truncated())
                        : state;
            case Input.Late late -> late(state, late, actions);
            case Input.Done done -> done(state, done.responseId());
        };
    }

    private static State stop(State state, Input.Stop stop, Consumer<Action> actions) {
        Map<String, Cut> cuts = new LinkedHashMap<>(state.cuts());
        Map<String, Boolean> responses = new LinkedHashMap<>(state.responses());
        List<Audio> playing = stop.audio().stream()
                .filter(each -> !each.all() || (stop.generation() && each.live()))
                .toList();
        for (Audio each : playing) {
            actions.accept(new Action.Drop(each.part(), each.heardMillis()));
            if (each.live()) {
                cuts.put(each.part().itemId(), new Cut(each.responseId(), each.heardMillis()));
            }
        }
        playing.stream()
                .filter(each -> !each.all())
                .findFirst()
                .ifPresent(first -> actions.accept(new Action.Clear(first.responseId())));
        if (stop.generation() && stop.active() != null) {
            for (String item : stop.items()) {
                cuts.putIfAbsent(item, new Cut(stop.active(), 0));
            }
            cancel(responses, stop.active(), !stop.cancels(), actions);
        }
        for (Audio each : playing) {
            if (stop.generation() && each.live() && !each.remembered()) {
                // A provider cancels by itself none but the conversation's own response.
                cancel(responses, each.responseId(), true, actions);
            }
        }
        List<String> truncated = state.truncated();
        for (Audio each : playing) {
            if (!each.all()) {
                truncated = truncate(truncated, each.part(), each.remembered(), each.heardMillis(), actions);
            }
        }
        return new State(cuts, responses, truncated);
    }

    private static void cancel(
            Map<String, Boolean> responses, String responseId, boolean tell, Consumer<Action> actions) {
        boolean told = responses.getOrDefault(responseId, false);
        if (tell && !told) {
            actions.accept(new Action.Cancel(responseId));
        }
        responses.put(responseId, told || tell);
    }

    private static State clientTruncates(State state, Audio audio, Consumer<Action> actions) {
        String item = audio.part().itemId();
        if (state.truncated().contains(item)) {
            return state;
        }
        actions.accept(new Action.Pass());
        actions.accept(new Action.Drop(audio.part(), audio.heardMillis()));
        return new State(
                audio.live()
                        ? with(state.cuts(), item, new Cut(audio.responseId(), audio.heardMillis()))
                        : state.cuts(),
                state.responses(),
                remember(state.truncated(), item));
    }

    private static State late(State state, Input.Late late, Consumer<Action> actions) {
        Cut cut = state.cuts().get(late.part().itemId());
        if (cut == null) {
            return state;
        }
        Map<String, Boolean> responses = new LinkedHashMap<>(state.responses());
        if (late.afterMillis() > PATIENCE_MS && responses.containsKey(cut.responseId())) {
            cancel(responses, cut.responseId(), true, actions);
        }
        return new State(
                state.cuts(), responses, truncate(state.truncated(), late.part(), true, cut.heardMillis(), actions));
    }

    private static State done(State state, String responseId) {
        Map<String, Cut> cuts = new LinkedHashMap<>(state.cuts());
        cuts.values().removeIf(cut -> cut.responseId().equals(responseId));
        Map<String, Boolean> responses = new LinkedHashMap<>(state.responses());
        responses.remove(responseId);
        return new State(cuts, responses, state.truncated());
    }

    private static List<String> truncate(
            List<String> truncated, ItemKey part, boolean remembered, long heardMillis, Consumer<Action> actions) {
        if (!remembered || truncated.contains(part.itemId())) {
            return truncated;
        }
        actions.accept(new Action.Truncate(part, heardMillis));
        return remember(truncated, part.itemId());
    }

    private static List<String> remember(List<String> truncated, String itemId) {
        List<String> all = new ArrayList<>(truncated);
        all.add(itemId);
        return all.size() > REMEMBERED ? List.copyOf(all.subList(1, all.size())) : all;
    }

    private static <V> Map<String, V> with(Map<String, V> some, String key, V value) {
        Map<String, V> all = new LinkedHashMap<>(some);
        all.put(key, value);
        return all;
    }
}

package dev.parley.dialect;

import dev.parley.protocol.Bytes;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventScanner;
import dev.parley.protocol.EventType;
import dev.parley.protocol.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * A dialect made of names and rules. Events that no rule has to see keep their bytes, but for their name; so do those
 * that the rules leave as they are. What is no event passes as it is.
 */
final class RewritingDialect implements Dialect {
    private final Renames names;
    private final EventScanner scanner = new EventScanner();
    private final List<Step> in;
    private final List<Step> out;
    private final Set<EventType> seenIn = new HashSet<>();
    private final Set<EventType> seenOut = new HashSet<>();

    /**
     * The dialect of one connection.
     *
     * @param in applied in order to what the peer sends, after names are GA's
     * @param out applied in order to what the peer is sent, before names are the peer's
     */
    RewritingDialect(Renames names, List<Step> in, List<Step> out) {
        this.names = names;
        this.in = List.copyOf(in);
        this.out = List.copyOf(out);
        in.forEach(step -> seenIn.addAll(step.types()));
        out.forEach(step -> seenOut.addAll(step.types()));
    }

    @Override
    public void inbound(Bytes message, Consumer<Event> events) {
        Event event = scanner.scan(message);
        EventType ga = names.toGa(event.type());
        if (ga != null) {
            event = scanner.scan(renamed(message, event, ga));
        }
        rewrite(event, in, seenIn, events);
    }

    @Override
    public void outbound(Event event, Messages messages) {
        rewrite(event, out, seenOut, each -> {
            EventType theirs = names.fromGa(each.type());
            if (theirs == null) {
                messages.text(each.wire());
            } else {
                Event scanned = scanner.scan(each.wire());
                messages.text(renamed(each.wire(), scanned, theirs));
            }
        });
    }

    private Bytes renamed(Bytes message, Event event, EventType type) {
        try {
            return Renames.renamed(message, event, type, scanner);
        } catch (Json.JsonSyntaxException e) {
            return message;
        }
    }

    private static void rewrite(Event event, List<Step> steps, Set<EventType> seen, Consumer<Event> to) {
        if (!seen.contains(event.type()) || !(event instanceof ControlEvent control)) {
            to.accept(event);
            return;
        }
        ObjectNode json;
        try {
            json = control.json();
        } catch (Json.JsonSyntaxException e) {
            // Told to its sender where all events are checked.
            to.accept(event);
            return;
        }
        List<ObjectNode> made = new ArrayList<>(2);
        run(steps, 0, json.deepCopy(), made::add);
        for (ObjectNode each : made) {
            to.accept(each.equals(json) ? event : ControlEvent.of(each));
        }
    }

    private static void run(List<Step> steps, int from, ObjectNode event, Consumer<ObjectNode> to) {
        EventType type = EventType.of(event.path("type").asString(""));
        for (int i = from; i < steps.size(); i++) {
            if (steps.get(i).types().contains(type)) {
                int next = i + 1;
                steps.get(i).apply(event, each -> run(steps, next, each, to));
                return;
            }
        }
        to.accept(event);
    }
}

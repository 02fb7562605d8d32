package dev.parley.dialect;

import dev.parley.protocol.EventType;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * One rule of a dialect: turns an event into none, one or several. May keep state; one instance a connection. Never
 * throws, whatever the event holds: what has not the expected shape is passed on as it is.
 */
interface Step {
    /** The types of events that this rule has to see; all others go round it, unparsed. */
    Set<EventType> types();

    /** Applies the rule; the event is the rule's own and may be changed. */
    void apply(ObjectNode event, Consumer<ObjectNode> out);

    /** A rule without state that changes an event in place. */
    static Step change(Set<EventType> types, Consumer<ObjectNode> change) {
        return new Step() {
            @Override
            public Set<EventType> types() {
                return types;
            }

            @Override
            public void apply(ObjectNode event, Consumer<ObjectNode> out) {
                change.accept(event);
                out.accept(event);
            }
        };
    }

    /** A rule that leaves events out, such as a vendor's heartbeat. */
    static Step drop(String... types) {
        Set<EventType> dropped =
                java.util.Arrays.stream(types).map(EventType::of).collect(java.util.stream.Collectors.toSet());
        return new Step() {
            @Override
            public Set<EventType> types() {
                return dropped;
            }

            @Override
            public void apply(ObjectNode event, Consumer<ObjectNode> out) {}
        };
    }
}

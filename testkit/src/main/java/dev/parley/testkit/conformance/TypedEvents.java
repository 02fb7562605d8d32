package dev.parley.testkit.conformance;

import dev.parley.event.ClientEvent;
import dev.parley.event.ServerEvent;
import dev.parley.event.codec.Codec;
import dev.parley.testkit.conformance.Recording.Message;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** A recording's events, made typed and back: the same JSON must come out, and what the protocol lists must be known. */
final class TypedEvents {
    private static final Collection<String> OF_CLIENTS =
            Codec.of(ClientEvent.class).types();
    private static final Collection<String> OF_SERVERS =
            Codec.of(ServerEvent.class).types();

    private TypedEvents() {}

    /** The differences between the events and what came back. */
    static List<Difference> of(Recording recording) {
        List<Difference> differences = new ArrayList<>();
        int number = 0;
        for (Message message : recording.messages()) {
            number++;
            (message.fromProvider() ? server(message, number) : client(message, number)).ifPresent(differences::add);
        }
        return differences;
    }

    private static Optional<Difference> server(Message message, int number) {
        ServerEvent event = ServerEvent.decode(message.event());
        boolean unknown = event instanceof ServerEvent.Unknown && OF_SERVERS.contains(message.type());
        return compare(message, event.encode(), unknown, number);
    }

    private static Optional<Difference> client(Message message, int number) {
        ClientEvent event = ClientEvent.decode(message.event());
        boolean unknown = event instanceof ClientEvent.Unknown && OF_CLIENTS.contains(message.type());
        return compare(message, event.encode(), unknown, number);
    }

    private static Optional<Difference> compare(Message message, ObjectNode back, boolean unknown, int number) {
        String where = "message " + number + " as a typed event";
        return unknown
                ? Optional.of(new Difference(where, message.type(), "", "is listed and was not understood"))
                : Difference.between(message.event(), back, where, message.type());
    }
}

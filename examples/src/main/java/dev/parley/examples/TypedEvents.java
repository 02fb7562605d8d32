package dev.parley.examples;

import dev.parley.OpenAIRealtimeSession;
import dev.parley.event.ClientEvent;
import dev.parley.event.Item;
import dev.parley.event.ResponseEvent;
import dev.parley.event.ServerEvent;
import dev.parley.protocol.ControlEvent;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** What an application does with the events of a session. */
public final class TypedEvents {
    private TypedEvents() {}

    static void handle(
            ObjectNode json, OpenAIRealtimeSession session, Consumer<String> screen, BinaryOperator<String> functions) {
        // [typed-events]
        switch (ServerEvent.decode(json)) {
            case ResponseEvent.OutputTranscriptDelta words -> screen.accept(words.delta());
            case ResponseEvent.Done done -> {
                List<Item.FunctionCall> calls = done.response().functionCalls();
                for (Item.FunctionCall call : calls) {
                    String result = functions.apply(call.name(), call.arguments());
                    ClientEvent output = ClientEvent.create(Item.functionOutput(call.callId(), result));
                    session.send(ControlEvent.of(output.encode()));
                }
                if (!calls.isEmpty()) {
                    session.send(ControlEvent.of(ClientEvent.respond().encode()));
                }
            }
            case ServerEvent.ErrorEvent error -> screen.accept(error.error().message());
            default -> {}
        }
        // [/typed-events]
    }
}

package dev.parley.examples.callcentre;

import dev.parley.ConversationListener;
import dev.parley.OnDisconnect;
import dev.parley.P;
import dev.parley.Realtime;
import dev.parley.RealtimeModule;
import dev.parley.RealtimeSession;
import dev.parley.Tool;
import dev.parley.VoiceAgent;
import dev.parley.examples.ExampleModule;
import dev.parley.local.phrase.Phrasebook;
import dev.parley.tool.ToolException;
import java.util.Map;

/** Who answers first. */
@Realtime(
        path = "/reception",
        instructions = "You answer the calls of a mail-order shop. Help with orders; who wants a person gets one.",
        voice = "sage",
        greeting = "Shop and Go.")
public final class Reception {
    private static final String NAME = "name";

    private final Map<String, String> orders;
    private final Waiting waiting;
    private final CallLog log;

    Reception(Map<String, String> orders, Waiting waiting, CallLog log) {
        this.orders = Map.copyOf(orders);
        this.waiting = waiting;
        this.log = log;
    }

    static RealtimeModule module(
            Map<String, String> orders, Waiting waiting, CallLog log, Desk desk, Map<String, String> environment) {
        Reception reception = new Reception(orders, waiting, log);
        VoiceAgent agent = VoiceAgent.builder()
                .annotated(Reception.class, () -> reception)
                .guardrail(new Manners())
                .listener((ConversationListener) desk)
                .build();
        return ExampleModule.of(
                environment, Phrasebook.load("classpath:dev/parley/examples/callcentre/customer.phrases"), agent);
    }

    @Tool("Notes the caller's name.")
    String callerName(String name, RealtimeSession call) {
        call.attributes().put(NAME, name);
        return "Hello, " + name + ".";
    }

    @Tool("Tells where an order is.")
    String orderStatus(@P("four digits") String number) throws ToolException {
        String status = orders.get(number);
        if (status == null) {
            throw new ToolException("There is no such order.");
        }
        return status;
    }

    @Tool("Puts the caller into the queue for a person.")
    String handOver(@P("what it is about, in a few words") String reason, RealtimeSession call) {
        String name = (String) call.attributes().getOrDefault(NAME, "somebody");
        int place = waiting.add(new Waiting.Customer(call, name, reason));
        return "You are number " + place + " in the queue.";
    }

    @Tool("Ends the call.")
    String hangUp(RealtimeSession call) {
        call.say("Goodbye.").whenComplete((turn, failure) -> call.hangUp());
        return "The call ends.";
    }

    @OnDisconnect
    void ended(RealtimeSession call) {
        String name = (String) call.attributes().getOrDefault(NAME, "somebody");
        log.ended(name, waiting.gone(call) ? "left the queue" : Desk.isWithPerson(call) ? "was helped" : "hung up");
    }
}

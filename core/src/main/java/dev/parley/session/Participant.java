package dev.parley.session;

import dev.parley.RealtimeSessionConfig;
import dev.parley.Turn;
import dev.parley.leg.CloseReason;
import dev.parley.protocol.Event;
import dev.parley.provider.Capabilities;
import dev.parley.tool.RealtimeTool;
import dev.parley.turn.ResponseWish;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What stands between the client and the provider of a session: sees each event first, and hands it on, or not. Called
 * on the lane, never after the session's end.
 */
public interface Participant {
    /** The provider is connected, and the session's own configuration is on its way to it. */
    void began();

    /** An event of the client, which may be sent; its bytes are on loan. Goes on by {@link Floor#toProvider}. */
    void fromClient(Event event);

    /** An event of the provider; its bytes are on loan. Goes on by {@link Floor#toClient}. */
    void fromProvider(Event event);

    /** An event has gone into the client's leg, at once or after it waited; its bytes are on loan. */
    default void delivered(Event event) {}

    /** The application adds an event to the conversation. */
    void fromApplication(Event event);

    /** The application wants a response. */
    void want(ResponseWish wish);

    /**
     * The application wants to be told of the next response that ends, whoever wanted it: that with the words, where an
     * agent's tools were called first.
     */
    default void follow(Consumer<JsonNode> done) {
        done.accept(MissingNode.getInstance());
    }

    /** The application ends what is being said. */
    void interrupt();

    /** The session is to end when what is being said has been heard. */
    void hangUp();

    /** The turns so far. May be called from any thread. */
    List<Turn> conversation();

    /** Gives the model these tools of the server's in place of those that it has; only where there is an agent. */
    default void tools(List<RealtimeTool> tools) {}

    /** The name of the agent that takes part, so that there are tools and a conversation to read; empty: none does. */
    default Optional<String> agent() {
        return Optional.empty();
    }

    /** Neither leg is left, for this reason. */
    void ended(CloseReason why);

    /** Makes the participant of a session. */
    @FunctionalInterface
    interface Factory {
        /** Called on the lane, before anything is told. */
        Participant join(Floor floor);

        /** What the session starts with, where the participant needs more than was asked for. */
        default RealtimeSessionConfig configured(RealtimeSessionConfig asked, Capabilities provider) {
            return asked;
        }
    }
}

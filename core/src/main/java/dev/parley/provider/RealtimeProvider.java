package dev.parley.provider;

import dev.parley.RealtimeSessionConfig;
import dev.parley.lane.Lane;
import dev.parley.leg.Leg;
import dev.parley.leg.LegListener;
import java.util.List;
import java.util.Optional;

/**
 * A speech-to-speech model's side: opens a provider leg for each session. Found by {@link java.util.ServiceLoader}
 * through {@link ProviderFactory}. Safe for use by all threads.
 */
public interface RealtimeProvider extends AutoCloseable {
    /** The name it is chosen by, such as {@code openai}. */
    String name();

    /** The model that a session gets which names none. */
    String defaultModel();

    /** Names of models to choose from, the default one among them; a session may name others, too. */
    default List<String> models() {
        return defaultModel().isEmpty() ? List.of() : List.of(defaultModel());
    }

    /** What it can do with a model. Asked by the session instead of asking which provider this is. */
    Capabilities capabilities(String model);

    /**
     * Begins to connect a session. The leg may be closed at once; it tells {@link LegListener#opened} or
     * {@link LegListener#closed}, later, on the lane. Sends nothing of its own but what the configuration holds.
     *
     * @param config what the session starts with; its {@code session.update} goes out first, if it holds anything
     * @param start where the conversation begins
     * @param lane the session's lane, on which this is called
     * @throws dev.parley.RealtimeException if the configuration asks for what cannot be had, or something is wrong with
     *     the provider's own settings; the text says what
     */
    Leg connect(RealtimeSessionConfig config, Start start, Lane lane, LegListener listener);

    /** Its switchboard; empty: it takes no WebRTC offers. */
    default Optional<Calls> calls() {
        return Optional.empty();
    }

    /** Frees what the provider holds for all sessions. Its legs are closed before. */
    @Override
    default void close() {}
}

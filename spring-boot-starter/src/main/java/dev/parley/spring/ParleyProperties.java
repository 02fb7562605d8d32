package dev.parley.spring;

import dev.parley.RealtimeSessionConfig;
import dev.parley.TurnDetection;
import dev.parley.session.SessionLimits;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.unit.DataSize;

/**
 * The properties under {@code parley}. What is not set is the library's default.
 *
 * @param enabled Whether there is any of Parley in the application.
 * @param path Where clients connect that expect the envelope; an agent may take it.
 * @param provider Provider of sessions that name none. Without it: the only provider bean, else openai if its key is set,
 *     else local if parley-local is there.
 * @param openai OpenAI's account.
 * @param azure Azure OpenAI's account.
 * @param variables Other settings of providers, under the names of their environment variables.
 * @param session What each session starts with.
 * @param allowedOrigins Web origins, such as https://example.org, that may connect beside the application's own.
 * @param mirrorTranscripts Whether clients of the path get each transcript event a second time as a text event.
 * @param access Who needs a key where the application authenticates nobody.
 * @param keys Keys of clients, by what logs and statistics call them.
 * @param maxSessions How many sessions there may be at once; later ones are refused with 503.
 * @param buffers Bytes that may wait in all sessions together because somebody is slow; a quarter of the heap by default.
 * @param limits What one session may take.
 * @param agents What is set for single voice agents, by their names.
 */
@ConfigurationProperties("parley")
public record ParleyProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("/realtime") String path,
        @Nullable String provider,
        @DefaultValue Account openai,
        @DefaultValue Azure azure,
        @DefaultValue Map<String, String> variables,
        @DefaultValue Session session,
        @DefaultValue Set<String> allowedOrigins,
        @DefaultValue("false") boolean mirrorTranscripts,
        @DefaultValue("keys") Access access,
        @DefaultValue Map<String, Key> keys,
        @Nullable Integer maxSessions,
        @Nullable DataSize buffers,
        @DefaultValue Limits limits,
        @DefaultValue Map<String, Agent> agents) {

    public ParleyProperties {
        if (!path.startsWith("/") || path.contains("*") || path.contains("{")) {
            throw new IllegalArgumentException(
                    "parley.path is '" + path + "'; it must start with '/', and cannot be a pattern");
        }
        if (maxSessions != null && maxSessions < 1) {
            throw new IllegalArgumentException(
                    "parley.max-sessions is " + maxSessions + "; it must be at least 1, or left out for no limit");
        }
    }

    /** The properties in a text without any value that may be secret. */
    @Override
    public String toString() {
        return "ParleyProperties[path=" + path + ", provider=" + provider + "]";
    }

    /** Who needs a key where the application authenticates nobody. */
    public enum Access {
        /** Clients of other machines. */
        KEYS,
        /** Nobody, unless keys are set. */
        OPEN
    }

    /**
     * An account with a provider.
     *
     * @param apiKey Its key.
     * @param baseUrl Its base URL (http, https, ws or wss), if not the vendor's own.
     */
    public record Account(@Nullable String apiKey, @Nullable String baseUrl) {
        /** The account in a text without its key. */
        @Override
        public String toString() {
            return "Account[baseUrl=" + baseUrl + "]";
        }
    }

    /**
     * An account with Azure OpenAI.
     *
     * @param apiKey Its key.
     * @param endpoint URL of the resource.
     */
    public record Azure(@Nullable String apiKey, @Nullable String endpoint) {
        /** The account in a text without its key. */
        @Override
        public String toString() {
            return "Azure[endpoint=" + endpoint + "]";
        }
    }

    /**
     * What a session starts with.
     *
     * @param instructions What the model is told about its task and manner; or "classpath:" or "file:" and where that is.
     * @param voice Name of the voice, such as marin.
     * @param model Name of the model.
     * @param turnDetection How ends of turns are found.
     * @param transcriptionModel Model that writes down what the user says; without it nobody does, unless an agent needs it.
     * @param maxOutputTokens Longest answer, in tokens.
     */
    public record Session(
            @Nullable String instructions,
            @Nullable String voice,
            @Nullable String model,
            @Nullable Turns turnDetection,
            @Nullable String transcriptionModel,
            @Nullable Integer maxOutputTokens) {

        RealtimeSessionConfig config(ResourceLoader resources) {
            RealtimeSessionConfig.Builder config = RealtimeSessionConfig.builder();
            set(instructions, text -> config.instructions(Texts.read(text, resources)));
            set(voice, config::voice);
            set(model, config::model);
            set(turnDetection, how -> config.turnDetection(how.detection()));
            set(transcriptionModel, config::transcriptionModel);
            set(maxOutputTokens, config::maxOutputTokens);
            return config.build();
        }

        /** The settings in a text without the prompt. */
        @Override
        public String toString() {
            return "Session[voice=" + voice + ", model=" + model + ", turnDetection=" + turnDetection + "]";
        }
    }

    /** How ends of turns are found. */
    public enum Turns {
        /** By silence. */
        SERVER_VAD,
        /** By silence and what was said. */
        SEMANTIC_VAD,
        /** By the client alone: push to talk. */
        NONE;

        TurnDetection detection() {
            return switch (this) {
                case SERVER_VAD -> TurnDetection.SERVER_VAD;
                case SEMANTIC_VAD -> new TurnDetection.SemanticVad(null);
                case NONE -> TurnDetection.OFF;
            };
        }
    }

    /**
     * A client's key: itself, or its SHA-256.
     *
     * @param key The key itself.
     * @param sha256 SHA-256 of the key in hexadecimal, in place of the key.
     * @param maxSessions How many sessions it may have at once.
     */
    public record Key(
            @Nullable String key,
            @Nullable String sha256,
            @Nullable Integer maxSessions) {
        public Key {
            if ((key == null) == (sha256 == null)) {
                throw new IllegalArgumentException("a client's key needs either 'key' or 'sha256', and not both");
            }
        }

        /** A text without the key. */
        @Override
        public String toString() {
            return "Key[maxSessions=" + maxSessions + "]";
        }
    }

    /**
     * What is set for one voice agent.
     *
     * @param tools Names of the tool beans that it gets; without this, all of them.
     * @param provider Provider of its sessions.
     * @param session What its sessions start with, above what the agent says itself.
     */
    public record Agent(
            @Nullable List<String> tools,
            @Nullable String provider,
            @DefaultValue Session session) {}

    /**
     * What one session may take.
     *
     * @param dialTimeout How long connecting to the provider may take; at most 2 minutes.
     * @param dialBuffer Bytes of client events kept while the provider is being connected.
     * @param outbox Bytes that may wait for one peer.
     * @param highWater Waiting bytes from which the other peer is read no more.
     * @param stuck How long a peer may take no byte at all of what waits for it.
     * @param farewell How long a slow client, whose session has ended, has to read the end.
     * @param maxMessage Longest message of a client.
     * @param maxAudio Most audio in one event.
     * @param longest How long a session may last; without it the provider's own limit holds.
     * @param clientIdle Silence, pongs included, after which a client is taken for lost.
     */
    public record Limits(
            @Nullable Duration dialTimeout,
            @Nullable DataSize dialBuffer,
            @Nullable DataSize outbox,
            @Nullable DataSize highWater,
            @Nullable Duration stuck,
            @Nullable Duration farewell,
            @Nullable DataSize maxMessage,
            @Nullable DataSize maxAudio,
            @Nullable Duration longest,
            @Nullable Duration clientIdle) {

        SessionLimits session() {
            SessionLimits.Builder limits = SessionLimits.builder();
            set(dialTimeout, limits::dialTimeout);
            set(dialBuffer, size -> limits.dialBuffer(bytes("dial-buffer", size)));
            set(outbox, size -> limits.outbox(bytes("outbox", size)));
            set(highWater, size -> limits.highWater(bytes("high-water", size)));
            set(stuck, limits::stuck);
            set(farewell, limits::farewell);
            set(maxMessage, size -> limits.maxMessage(bytes("max-message", size)));
            set(maxAudio, size -> limits.maxAudio(bytes("max-audio", size)));
            set(longest, limits::longest);
            set(clientIdle, limits::clientIdle);
            return limits.build();
        }

        private static int bytes(String name, DataSize size) {
            if (size.toBytes() > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("parley.limits." + name.toLowerCase(Locale.ROOT) + " is "
                        + size.toBytes() + " bytes; it must be less than 2 GiB");
            }
            return (int) size.toBytes();
        }
    }

    private static <T> void set(@Nullable T value, Consumer<? super T> to) {
        if (value != null) {
            to.accept(value);
        }
    }
}

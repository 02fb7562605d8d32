package dev.parley;

import dev.parley.access.ClientAccess;
import dev.parley.provider.ProviderSettings;
import dev.parley.session.SessionLimits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a {@link RealtimeModule}.
 *
 * @param environment where keys and addresses of providers are looked up; by default the process's own environment
 * @param path where clients connect with the envelope; {@code /realtime} by default
 * @param host the address that {@link RealtimeModule#listen} binds; {@code 127.0.0.1} by default
 * @param allowedOrigins web origins, such as {@code https://example.org}, that may connect beside the server's own
 * @param mirrorTranscripts whether clients on {@code path} get each {@code response.output_audio_transcript} event a
 *     second time as {@code response.output_text}, for clients that wait for those
 * @param defaultSessionConfig what each session on {@code path} starts with, and each of an application's own transport
 * @param defaultProvider the provider of sessions that name none; {@code openai} by default
 * @param access who may connect, and what they may do
 * @param providers named providers beside the built-in ones
 * @param agents the voice agents, each at a path of its own
 * @param limits what one session may take
 * @param maxSessions how many sessions of clients that connect there may be at once; later ones are refused (503)
 * @param buffers bytes that may wait in all sessions together because somebody is slow; by default a quarter of the heap,
 *     but at least 32 MiB or half of a small heap
 */
public record RealtimeModuleOptions(
        Map<String, String> environment,
        String path,
        String host,
        Set<String> allowedOrigins,
        boolean mirrorTranscripts,
        RealtimeSessionConfig defaultSessionConfig,
        String defaultProvider,
        ClientAccess access,
        List<ProviderSettings> providers,
        List<VoiceAgent> agents,
        SessionLimits limits,
        int maxSessions,
        long buffers) {

    public RealtimeModuleOptions {
        environment = Map.copyOf(environment);
        allowedOrigins = Set.copyOf(allowedOrigins);
        providers = List.copyOf(providers);
        agents = List.copyOf(agents);
        Map<String, VoiceAgent> paths = new HashMap<>();
        Map<String, VoiceAgent> names = new HashMap<>();
        for (VoiceAgent agent : agents) {
            distinct(paths, agent.path(), agent, "path");
            distinct(names, agent.name(), agent, "name");
        }
        if (!path.startsWith("/")) {
            throw new RealtimeException.InvalidConfig("path is '" + path + "'; it must start with '/'");
        }
        if (maxSessions < 1) {
            throw new RealtimeException.InvalidConfig(
                    "maxSessions is " + maxSessions + "; it must be at least 1, or left out for no limit");
        }
        if (buffers < 1 << 20) {
            throw new RealtimeException.InvalidConfig(
                    "buffers is " + buffers + " bytes; it must be at least 1048576 (1 MiB)");
        }
    }

    private static void distinct(Map<String, VoiceAgent> taken, String what, VoiceAgent agent, String kind) {
        VoiceAgent other = taken.put(what, agent);
        if (other != null) {
            throw new RealtimeException.InvalidConfig("the agents " + other + " and " + agent + " have one " + kind
                    + ", '" + what + "'; give each a " + kind + " of its own");
        }
    }

    /** Options at their defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** The options in a text without any key. */
    @Override
    public String toString() {
        return "RealtimeModuleOptions[path=" + path + ", host=" + host + ", defaultProvider=" + defaultProvider + "]";
    }

    /** Collects the options. Not safe for use by several threads. */
    public static final class Builder {
        private Map<String, String> environment = System.getenv();
        private @Nullable String openaiApiKey;
        private String path = "/realtime";
        private String host = "127.0.0.1";
        private final Set<String> allowedOrigins = new HashSet<>();
        private boolean mirrorTranscripts;
        private RealtimeSessionConfig defaultSessionConfig = RealtimeSessionConfig.EMPTY;
        private String defaultProvider = "openai";
        private ClientAccess access = ClientAccess.LOCAL_ONLY;
        private final List<ProviderSettings> providers = new ArrayList<>();
        private final List<VoiceAgent> agents = new ArrayList<>();
        private SessionLimits limits = SessionLimits.DEFAULT;
        private int maxSessions = Integer.MAX_VALUE;
        private long buffers = usualBuffers(Runtime.getRuntime().maxMemory());

        private Builder() {}

        /** OpenAI's key; without it, the environment's {@code OPENAI_API_KEY} holds. Null counts as not set. */
        public Builder openaiApiKey(@Nullable String key) {
            openaiApiKey = key;
            return this;
        }

        /** Looks up keys and addresses here in place of the process's environment. */
        public Builder environment(Map<String, String> variables) {
            environment = variables;
            return this;
        }

        /** Where clients connect with the envelope. */
        public Builder path(String mounted) {
            path = mounted;
            return this;
        }

        /** The address to bind. */
        public Builder host(String address) {
            host = address;
            return this;
        }

        /** Lets pages of this web origin connect, too. */
        public Builder allowOrigin(String origin) {
            allowedOrigins.add(origin);
            return this;
        }

        /** Sends transcripts a second time as text events. */
        public Builder mirrorTranscripts(boolean on) {
            mirrorTranscripts = on;
            return this;
        }

        /** What each session on the path and of the application's own transport starts with. */
        public Builder defaultSessionConfig(RealtimeSessionConfig config) {
            defaultSessionConfig = config;
            return this;
        }

        /** The provider of sessions that name none. */
        public Builder defaultProvider(String name) {
            defaultProvider = name;
            return this;
        }

        /** Who may connect, and what they may do. */
        public Builder access(ClientAccess settings) {
            access = settings;
            return this;
        }

        /** Adds a provider under a name of its own. */
        public Builder provider(ProviderSettings settings) {
            providers.add(settings);
            return this;
        }

        /** Adds a voice agent. */
        public Builder agent(VoiceAgent agent) {
            agents.add(agent);
            return this;
        }

        /** Adds the voice agent that an object of a class with {@link Realtime} is; see {@link VoiceAgent#of(Object)}. */
        public Builder agent(Object annotated) {
            return agent(VoiceAgent.of(annotated));
        }

        /** What one session may take. */
        public Builder limits(SessionLimits bounds) {
            limits = bounds;
            return this;
        }

        /** How many sessions there may be at once. */
        public Builder maxSessions(int most) {
            maxSessions = most;
            return this;
        }

        /** How many bytes may wait in all sessions together. */
        public Builder buffers(long bytes) {
            buffers = bytes;
            return this;
        }

        /** So much of a heap that the longest message of one client finds room, even in a small one. */
        private static long usualBuffers(long heap) {
            return Math.max(1 << 20, Math.max(heap / 4, Math.min(32 << 20, heap / 2)));
        }

        /** The options. */
        public RealtimeModuleOptions build() {
            Map<String, String> variables = new HashMap<>(environment);
            variables.values().removeIf(String::isBlank);
            if (openaiApiKey != null && !openaiApiKey.isBlank()) {
                variables.put("OPENAI_API_KEY", openaiApiKey);
            }
            return new RealtimeModuleOptions(
                    variables,
                    path,
                    host,
                    allowedOrigins,
                    mirrorTranscripts,
                    defaultSessionConfig,
                    defaultProvider,
                    access,
                    providers,
                    agents,
                    limits,
                    maxSessions,
                    buffers);
        }
    }
}

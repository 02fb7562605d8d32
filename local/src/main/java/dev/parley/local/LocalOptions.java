package dev.parley.local;

import dev.parley.RealtimeException;
import dev.parley.local.phrase.Phrasebook;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the embedded provider is made of, where it is not the built-in demo.
 *
 * @param maxSessions the most sessions at once
 * @param chat the endpoint that thinks; empty: the demo
 * @param voskModel the folder of a Vosk model that hears; empty: the demo's phrases are heard
 * @param phrases of the application, beside the demo's
 */
public record LocalOptions(int maxSessions, Optional<Chat> chat, Optional<Path> voskModel, Phrasebook phrases) {
    /** The most sessions for each processor, where nothing else is set; see the module's README for the measurement. */
    private static final int SESSIONS_PER_PROCESSOR = 8;

    /** The demo, with as many sessions as keep up on this machine. */
    public static final LocalOptions DEMO =
            new LocalOptions(defaultSessions(), Optional.empty(), Optional.empty(), Phrasebook.EMPTY);

    /**
     * A chat endpoint of OpenAI's shape.
     *
     * @param url its base, such as {@code http://localhost:11434/v1}, or the whole of {@code …/chat/completions}
     * @param key sent as a bearer token; empty: none is sent
     */
    public record Chat(URI url, String model, Optional<String> key) {
        @Override
        public String toString() {
            return "Chat[url=" + url.getHost() + ", model=" + model + "]";
        }
    }

    /** The same with phrases of the application's. */
    public LocalOptions with(Phrasebook book) {
        return new LocalOptions(maxSessions, chat, voskModel, book);
    }

    private static int defaultSessions() {
        return SESSIONS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors();
    }

    /**
     * The options in the environment: {@code PARLEY_LOCAL_MAX_SESSIONS}, {@code PARLEY_LOCAL_CHAT_URL},
     * {@code PARLEY_LOCAL_CHAT_MODEL}, {@code PARLEY_LOCAL_CHAT_KEY}, {@code PARLEY_LOCAL_VOSK_MODEL},
     * {@code PARLEY_LOCAL_PHRASES} (see {@link Phrasebook#load}). An empty variable counts as unset.
     *
     * @throws RealtimeException.InvalidConfig if one is wrong; the text says which
     */
    public static LocalOptions of(Map<String, String> environment) {
        return new LocalOptions(
                sessions(environment),
                chat(environment),
                get(environment, "PARLEY_LOCAL_VOSK_MODEL").map(Path::of),
                get(environment, "PARLEY_LOCAL_PHRASES").map(Phrasebook::load).orElse(Phrasebook.EMPTY));
    }

    private static Optional<String> get(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    private static int sessions(Map<String, String> environment) {
        String value = get(environment, "PARLEY_LOCAL_MAX_SESSIONS").orElse(null);
        if (value == null) {
            return defaultSessions();
        }
        if (!value.matches("[1-9][0-9]{0,5}")) {
            throw new RealtimeException.InvalidConfig(
                    "PARLEY_LOCAL_MAX_SESSIONS is '" + value + "'; set a number from 1 to 999999");
        }
        return Integer.parseInt(value);
    }

    private static Optional<Chat> chat(Map<String, String> environment) {
        String url = get(environment, "PARLEY_LOCAL_CHAT_URL").orElse(null);
        if (url == null) {
            return Optional.empty();
        }
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new RealtimeException.InvalidConfig(
                    "PARLEY_LOCAL_CHAT_URL is not a URL; set one such as http://localhost:11434/v1");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme();
        if (uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw new RealtimeException.InvalidConfig(
                    "PARLEY_LOCAL_CHAT_URL is not an http or https URL; set one such as http://localhost:11434/v1");
        }
        String model = get(environment, "PARLEY_LOCAL_CHAT_MODEL")
                .orElseThrow(() -> new RealtimeException.InvalidConfig(
                        "PARLEY_LOCAL_CHAT_MODEL is not set; PARLEY_LOCAL_CHAT_URL needs the name of a model"));
        return Optional.of(new Chat(uri, model, get(environment, "PARLEY_LOCAL_CHAT_KEY")));
    }
}

package dev.parley.guardrail;

import dev.parley.RealtimeException;
import dev.parley.RealtimeSession;
import dev.parley.protocol.Bytes;
import dev.parley.protocol.Json;
import dev.parley.tool.ToolCall;
import dev.parley.transport.Connector;
import dev.parley.transport.HttpCall;
import dev.parley.transport.HttpResponse;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Asks a moderation endpoint of OpenAI's shape, {@code POST …/moderations}, and blocks what it flags. An endpoint that does
 * not answer, or not in that shape, blocks. Made by {@link #builder}. Safe for use by all threads.
 */
public final class Moderation implements Guardrail, AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(4);
    private static final int MAX_BODY = 1 << 20;

    private final Set<Point> points;
    private final URI uri;
    private final Map<String, String> headers;
    private final String model;
    private final Set<String> categories;
    private final OptionalDouble threshold;
    private final String say;
    private final Connector connector;
    private final boolean ownConnector;

    private Moderation(Builder from, Connector connector, boolean ownConnector) {
        points = Set.copyOf(from.points);
        uri = URI.create(from.baseUrl.replaceAll("/+$", "") + "/moderations");
        Map<String, String> all =
                new HashMap<>(Map.of("Content-Type", "application/json", "Accept", "application/json"));
        if (!from.key.isEmpty()) {
            all.put("Authorization", "Bearer " + from.key);
        }
        headers = Map.copyOf(all);
        model = from.model;
        categories = Set.copyOf(from.categories);
        threshold = from.threshold;
        say = from.say;
        this.connector = connector;
        this.ownConnector = ownConnector;
    }

    /** OpenAI's endpoint with its newest model, asked about what users and models say. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Set<Point> points() {
        return points;
    }

    @Override
    public Verdict input(String transcript, RealtimeSession session) throws Exception {
        return verdict(transcript);
    }

    @Override
    public Verdict output(String text, RealtimeSession session) throws Exception {
        return verdict(text);
    }

    @Override
    public Verdict tool(ToolCall call) throws Exception {
        return verdict(call.arguments().toString());
    }

    @Override
    public String apology() {
        return say;
    }

    /** Whether a text may pass. */
    Verdict verdict(String text) throws InterruptedException {
        if (text.isBlank()) {
            return Verdict.ALLOW;
        }
        Bytes body = Json.write(Json.object().put("model", model).put("input", text));
        HttpResponse answer;
        try {
            answer = connector
                    .exchange(new HttpCall("POST", uri, headers, body, TIMEOUT, MAX_BODY))
                    .get();
        } catch (ExecutionException e) {
            throw new RealtimeException.ConnectionFailed("the moderation endpoint did not answer");
        }
        if (answer.status() != 200) {
            throw new RealtimeException.ConnectionFailed(
                    "the moderation endpoint answered with HTTP " + answer.status());
        }
        JsonNode results = Json.parse(answer.body()).path("results");
        if (results.isEmpty()) {
            throw new RealtimeException.ConnectionFailed("the moderation endpoint's answer has no results");
        }
        for (JsonNode result : results) {
            if (flagged(result)) {
                return Verdict.block(say);
            }
        }
        return Verdict.ALLOW;
    }

    private boolean flagged(JsonNode result) {
        if (!result.path("flagged").isBoolean()) {
            throw new RealtimeException.ConnectionFailed(
                    "the moderation endpoint's answer does not say what is flagged");
        }
        if (threshold.isEmpty() && categories.isEmpty()) {
            return result.path("flagged").asBoolean();
        }
        JsonNode told = result.path(threshold.isPresent() ? "category_scores" : "categories");
        for (String category : categories.isEmpty() ? told.propertyNames() : categories) {
            JsonNode value = told.path(category);
            if (threshold.isPresent() ? !value.isNumber() : !value.isBoolean()) {
                throw new RealtimeException.ConnectionFailed(
                        "the moderation endpoint's answer has nothing about the category '" + category + "'");
            }
            if (threshold.isPresent() ? value.asDouble() >= threshold.getAsDouble() : value.asBoolean()) {
                return true;
            }
        }
        return false;
    }

    /** Closes the connections that it has made by itself. */
    @Override
    public void close() {
        if (ownConnector) {
            connector.close();
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "Moderation[uri=" + uri + ", model=" + model + ", points=" + points + "]";
    }

    /** Collects where to ask and what for. Not safe for use by several threads. */
    public static final class Builder {
        private final Set<Point> points = EnumSet.of(Point.INPUT, Point.OUTPUT);
        private String baseUrl = "https://api.openai.com/v1";
        private String key = "";
        private String model = "omni-moderation-latest";
        private Set<String> categories = Set.of();
        private OptionalDouble threshold = OptionalDouble.empty();
        private String say = "I am sorry, I cannot talk about that.";
        private @Nullable Connector connector;

        private Builder() {}

        /** What to ask about, in place of both what users and what models say. */
        public Builder at(Collection<Point> where) {
            points.clear();
            points.addAll(where);
            return this;
        }

        /** Where {@code /moderations} is, such as {@code https://api.openai.com/v1}. */
        public Builder baseUrl(String url) {
            baseUrl = url;
            return this;
        }

        /** The key, sent as a bearer; empty: none is needed. */
        public Builder key(String secret) {
            key = secret;
            return this;
        }

        /** The endpoint's model. */
        public Builder model(String name) {
            model = name;
            return this;
        }

        /** The categories that block, such as {@code violence}; empty: all. */
        public Builder categories(Collection<String> only) {
            categories = Set.copyOf(only);
            return this;
        }

        /** The score from which a category blocks, 0 to 1, in place of the endpoint's own decision. */
        public Builder threshold(double score) {
            if (!(score >= 0 && score <= 1)) {
                throw new RealtimeException.InvalidConfig(
                        "the moderation threshold is " + score + "; it must be from 0 to 1");
            }
            threshold = OptionalDouble.of(score);
            return this;
        }

        /** What the agent says instead, also where the endpoint does not answer; empty: nothing. */
        public Builder say(String words) {
            say = words;
            return this;
        }

        /** Makes the requests; by default one of its own. */
        public Builder connector(Connector given) {
            connector = given;
            return this;
        }

        /**
         * The guardrail.
         *
         * @throws RealtimeException if there is nothing that could make the requests, or the address is none
         */
        public Moderation build() {
            if (!baseUrl.startsWith("https://") && !baseUrl.startsWith("http://")) {
                throw new RealtimeException.InvalidConfig(
                        "the moderation base URL is '" + baseUrl + "'; it must start with https:// or http://");
            }
            Connector given = connector;
            return given != null
                    ? new Moderation(this, given, false)
                    : new Moderation(
                            this,
                            ServiceLoader.load(Connector.class)
                                    .findFirst()
                                    .orElseThrow(() -> new RealtimeException.InvalidConfig(
                                            "nothing here makes HTTP requests: add parley-netty to the dependencies")),
                            true);
        }
    }
}

package dev.parley.local.mind;

import dev.parley.protocol.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A mind behind an HTTP endpoint of the shape of OpenAI's {@code /v1/chat/completions}: Ollama, vLLM, llama.cpp, and the
 * hosted ones. Streams its answer; instructions and tools are passed on.
 */
public final class ChatMind implements Responder {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final URI endpoint;
    private final String model;
    private final @Nullable String key;
    private final Duration patience;

    /**
     * A mind at an endpoint.
     *
     * @param url its base, such as {@code http://localhost:11434/v1}, or the whole of {@code …/chat/completions}
     * @param key sent as a bearer token, or null
     * @param patience how long it may take to begin to answer, and to go on
     */
    public ChatMind(URI url, String model, @Nullable String key, Duration patience) {
        String base = url.toString().replaceAll("/+$", "");
        endpoint = URI.create(base.endsWith("/chat/completions") ? base : base + "/chat/completions");
        this.model = model;
        this.key = key;
        this.patience = patience;
    }

    @Override
    public void reply(Request request, Sink sink) {
        HttpRequest.Builder asked = HttpRequest.newBuilder(endpoint)
                .timeout(patience)
                .header("Content-Type", "application/json")
                .header("Accept", "text/event-stream, application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(
                        Json.mapper().writeValueAsBytes(ChatRequest.body(model, request))));
        if (key != null) {
            asked.header("Authorization", "Bearer " + key);
        }
        try {
            HttpResponse<InputStream> answer = http.send(asked.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() != 200) {
                    throw new ResponderException(
                            "chat_endpoint_error", "The chat endpoint answered with HTTP " + answer.statusCode() + ".");
                }
                read(body, sink);
            }
        } catch (HttpTimeoutException e) {
            throw slow();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ResponderException("cancelled", "The answer is no longer wanted.");
        } catch (IOException e) {
            // The exception's text may hold the URL, and with it a key.
            throw new ResponderException("chat_endpoint_unreachable", "The chat endpoint could not be reached.");
        }
    }

    private ResponderException slow() {
        return new ResponderException(
                "chat_endpoint_timeout", "The chat endpoint did not answer within " + patience.toSeconds() + " s.");
    }

    /** Reads the stream, and closes it from another thread if nothing comes for too long. */
    private void read(InputStream body, Sink sink) throws IOException {
        AtomicBoolean heard = new AtomicBoolean(true);
        AtomicBoolean stalled = new AtomicBoolean();
        Thread watch = Thread.ofVirtual().name("parley-local-chat-watch").start(() -> watch(body, heard, stalled));
        try {
            new ChatStream(sink, () -> heard.set(true)).read(body);
        } catch (IOException | ResponderException e) {
            if (stalled.get()) {
                throw slow();
            }
            throw e;
        } finally {
            watch.interrupt();
        }
    }

    private void watch(InputStream body, AtomicBoolean heard, AtomicBoolean stalled) {
        try {
            while (heard.getAndSet(false)) {
                Thread.sleep(patience);
            }
            stalled.set(true);
            body.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            stalled.set(true);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}

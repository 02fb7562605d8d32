package dev.parley.local.mind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.protocol.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ChatMindTest {
    private interface Answer {
        void write(HttpExchange exchange) throws IOException, InterruptedException;
    }

    private final List<String> said = new ArrayList<>();
    private final LinkedBlockingQueue<ObjectNode> bodies = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<String> keys = new LinkedBlockingQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;
    private Answer answer = exchange -> {};

    private final Responder.Sink sink = new Responder.Sink() {
        @Override
        public boolean text(String piece) {
            return said.add(piece);
        }

        @Override
        public boolean call(String name, String arguments) {
            return said.add(name + arguments);
        }
    };

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", exchange -> {
            bodies.add(Json.parse(exchange.getRequestBody().readAllBytes()));
            keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            try (exchange) {
                answer.write(exchange);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private ChatMind mind(Duration patience) {
        return new ChatMind(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/"), "m", "k", patience);
    }

    private static void stream(HttpExchange exchange, String... data) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        for (String part : data) {
            exchange.getResponseBody().write(("data: " + part + "\n\n").getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        }
    }

    private static Responder.Request request(List<Tool> tools, ToolChoice choice, Turn... turns) {
        return new Responder.Request("Be brief.", List.of(turns), tools, choice, true, 50);
    }

    private static Responder.Request request(Turn... turns) {
        return request(List.of(), ToolChoice.AUTO, turns);
    }

    private void reply(ChatMind mind, Responder.Request request) {
        try (mind) {
            mind.reply(request, sink);
        }
    }

    private static String delta(String text) {
        return "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}";
    }

    @Test
    void streamsText() throws Exception {
        answer = exchange -> stream(
                exchange,
                "{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":null}}]}",
                delta("Hel"),
                delta("lo."),
                "{\"choices\":[],\"usage\":{}}",
                "[DONE]");
        reply(
                mind(Duration.ofSeconds(10)),
                request(
                        new Turn.Note("n"),
                        new Turn.User("u", true),
                        new Turn.User("", false),
                        new Turn.User("", true)));
        assertThat(said).containsExactly("Hel", "lo.");
        assertThat(keys.take()).isEqualTo("Bearer k");
        assertThat(bodies.take().toString())
                .isEqualTo(
                        "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},"
                                + "{\"role\":\"system\",\"content\":\"n\"},{\"role\":\"user\",\"content\":\"u\"},"
                                + "{\"role\":\"user\",\"content\":\"(speech that could not be understood)\"},"
                                + "{\"role\":\"user\",\"content\":\"(silence)\"}],\"max_tokens\":50}");
    }

    @Test
    void callsTools() throws Exception {
        answer = exchange -> stream(
                exchange,
                "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"x\",\"function\":{\"name\":\"a\",\"arguments\":\"\"}}]}}]}",
                "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"p\\\"\"}}]}}]}",
                "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\":1}\"}}]}}]}",
                "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":1,\"id\":\"y\",\"function\":{\"name\":\"b\"}}]}}]}",
                "[DONE]");
        Tool tool = new Tool("a", "d", Json.object().put("type", "object"));
        reply(
                mind(Duration.ofSeconds(10)),
                request(
                        List.of(tool),
                        new ToolChoice.Function("a"),
                        new Turn.Call("1", "a", "{}"),
                        new Turn.Call("2", "a", "{}"),
                        new Turn.Call("lost", "a", "{}"),
                        new Turn.Result("1", "r1"),
                        new Turn.Result("2", "r2")));
        assertThat(said).containsExactly("a{\"p\":1}", "b{}");
        ObjectNode body = bodies.take();
        assertThat(body.path("messages").size()).isEqualTo(4);
        assertThat(body.path("messages").path(1).path("tool_calls").size()).isEqualTo(2);
        assertThat(body.path("messages").path(3).toString())
                .isEqualTo("{\"role\":\"tool\",\"tool_call_id\":\"2\",\"content\":\"r2\"}");
        assertThat(body.path("tools").path(0).path("function").path("name").asString())
                .isEqualTo("a");
        assertThat(body.path("tool_choice").toString())
                .isEqualTo("{\"type\":\"function\",\"function\":{\"name\":\"a\"}}");
    }

    @Test
    void readsAnAnswerThatIsNoStream() {
        answer = exchange -> {
            byte[] body =
                    "{\n \"choices\":[{\"message\":{\"content\":\"Hi.\",\"tool_calls\":[{\"function\":{\"name\":\"a\",\"arguments\":{\"p\":1}}}]}}]\n}"
                            .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        };
        reply(mind(Duration.ofSeconds(10)), request());
        assertThat(said).containsExactly("Hi.", "a{\"p\":1}");
    }

    private void assertFails(Answer given, Duration patience, String code) {
        answer = given;
        assertThatThrownBy(() -> reply(mind(patience), request(new Turn.User("marker-prompt", true))))
                .isInstanceOfSatisfying(ResponderException.class, e -> {
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e.getMessage())
                            .doesNotContain("marker")
                            .doesNotContain("Bearer")
                            .doesNotContain(" k");
                });
    }

    @Test
    void tellsWhatWentWrong() {
        Duration long10 = Duration.ofSeconds(10);
        assertFails(e -> e.sendResponseHeaders(401, -1), long10, "chat_endpoint_error");
        assertFails(e -> stream(e, "{\"error\":{\"message\":\"marker\"}}"), long10, "chat_endpoint_error");
        assertFails(e -> stream(e, "marker nonsense"), long10, "chat_endpoint_error");
        assertFails(e -> stream(e), long10, "chat_endpoint_error");
        assertFails(HttpExchange::close, long10, "chat_endpoint_unreachable");
        CountDownLatch never = new CountDownLatch(1);
        Duration brief = Duration.ofMillis(200);
        assertFails(e -> never.await(), brief, "chat_endpoint_timeout");
        assertFails(
                e -> {
                    stream(e, delta("a"));
                    never.await();
                },
                brief,
                "chat_endpoint_timeout");
        server.stop(0);
        assertFails(e -> {}, long10, "chat_endpoint_unreachable");
    }

    @Test
    void isGivenUpByInterruption() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        answer = exchange -> {
            stream(exchange, delta("a"));
            begun.countDown();
            never.await();
        };
        LinkedBlockingQueue<RuntimeException> ended = new LinkedBlockingQueue<>();
        Thread thinking = Thread.ofVirtual().start(() -> {
            try {
                reply(mind(Duration.ofSeconds(60)), request());
            } catch (RuntimeException e) {
                ended.add(e);
            }
        });
        begun.await();
        thinking.interrupt();
        assertThat(ended.poll(10, TimeUnit.SECONDS)).isInstanceOf(ResponderException.class);
    }

    @Test
    void stopsReadingWhenNothingMoreIsWanted() {
        answer = exchange -> stream(exchange, delta("a"), delta("b"), delta("c"), "[DONE]");
        try (ChatMind mind = mind(Duration.ofSeconds(10))) {
            mind.reply(request(), new Responder.Sink() {
                @Override
                public boolean text(String piece) {
                    said.add(piece);
                    return false;
                }

                @Override
                public boolean call(String name, String arguments) {
                    return false;
                }
            });
        }
        assertThat(said).containsExactly("a");
    }
}

package dev.parley.console.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.RealtimeModule;
import dev.parley.RealtimeModuleOptions;
import dev.parley.access.ClientAccess;
import dev.parley.access.ClientKey;
import dev.parley.protocol.Json;
import dev.parley.testkit.Caller;
import dev.parley.testkit.FakeConnection;
import dev.parley.testkit.FakeRealtimeServer;
import dev.parley.testkit.Script;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The admin API of a gateway in front of a fake provider. */
class AdminApiTest {
    private static final String KEY = "op-marker-0123456789";
    private static final String CLIENT = "pk-web-0123456789";

    private final FakeRealtimeServer provider = FakeRealtimeServer.start(Script.accept());
    private final RealtimeModule module = RealtimeModule.forRoot(RealtimeModuleOptions.builder()
            .environment(Map.of("OPENAI_API_KEY", "sk-marker", "OPENAI_BASE_URL", provider.baseUrl()))
            .access(new ClientAccess(List.of(ClientKey.of("web", CLIENT)), Map.of(), false))
            .build());
    private final AdminApi admin = new AdminApi(module.service(), Optional.of(KEY), "1.2.3");
    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;

    AdminApiTest() {
        admin.mount(module);
        port = module.listen(0).getPort();
    }

    @AfterEach
    void close() {
        module.close();
        admin.close();
        provider.close();
        http.close();
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + KEY);
    }

    private HttpResponse<String> ask(String method, String path, String body) throws Exception {
        return http.send(to(path).method(method, BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private JsonNode get(String path) throws Exception {
        HttpResponse<String> answer = ask("GET", path, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return parsed(answer.body());
    }

    private static JsonNode parsed(String json) {
        return Json.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    private Caller call() {
        return Caller.connect(
                URI.create("ws://127.0.0.1:" + port + "/v1/realtime?model=gpt-realtime-2.1"),
                "Authorization",
                "Bearer " + CLIENT);
    }

    private FakeConnection live(Caller caller) throws Exception {
        FakeConnection connection = provider.next(Duration.ofSeconds(20));
        connection.send("{\"type\":\"session.created\",\"session\":{\"type\":\"realtime\",\"model\":\"m-1\"}}");
        caller.next("session.created");
        return connection;
    }

    private String onlySession() throws Exception {
        return get("/admin/sessions").at("/sessions/0/id").asString();
    }

    /** One stream, read event by event. */
    private final class Stream implements AutoCloseable {
        private final BufferedReader lines;

        Stream(String path) throws Exception {
            var answer = http.send(to(path).build(), BodyHandlers.ofInputStream());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("content-type")).contains("text/event-stream; charset=utf-8");
            lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
        }

        /** The data of the next event of a name. */
        JsonNode next(String name) throws Exception {
            while (true) {
                String line = lines.readLine();
                assertThat(line).as("the stream goes on until " + name).isNotNull();
                if (line.equals("event: " + name)) {
                    return parsed(lines.readLine().substring("data: ".length()));
                }
            }
        }

        /** Whether it has ended. */
        boolean over() throws Exception {
            String line = lines.readLine();
            return line == null || (line.isEmpty() && lines.readLine() == null);
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }

    @Test
    void showsWhoIsThereAndWhatIsSaid() throws Exception {
        try (Caller caller = call()) {
            FakeConnection connection = live(caller);
            connection.send(
                    "{\"type\":\"conversation.item.added\",\"item\":{\"id\":\"u1\",\"type\":\"message\","
                            + "\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"<img src=x onerror=1>\\n\\ndata: x\"}]}}");
            caller.next("conversation.item.added");
            JsonNode list = get("/admin/sessions");
            assertThat(list.path("total").asInt()).isEqualTo(1);
            JsonNode session = list.at("/sessions/0");
            assertThat(session.at("/who/key").asString()).isEqualTo("web");
            assertThat(session.at("/who/remote").asString()).startsWith("127.0.0.1:");
            assertThat(session.path("provider").asString()).isEqualTo("openai");
            assertThat(session.path("model").asString()).isEqualTo("m-1");
            assertThat(session.path("state").asString()).isEqualTo("live");
            assertThat(session.path("turns").asInt()).isEqualTo(1);
            assertThat(session.has("turns_said")).isFalse();
            assertThat(session.path("usage").isNull()).isTrue();
            assertThat(session.at("/voice_to_voice_ms/p95").isNull()).isTrue();
            JsonNode whole = get("/admin/sessions/" + session.path("id").asString());
            assertThat(whole.at("/turns_said/0/text").asString()).isEqualTo("<img src=x onerror=1>\n\ndata: x");
        }
    }

    @Test
    void countsWhatHasHappened() throws Exception {
        try (Caller caller = call()) {
            live(caller);
            JsonNode now = get("/admin/overview");
            assertThat(now.path("version").asString()).isEqualTo("1.2.3");
            assertThat(now.path("default_provider").asString()).isEqualTo("openai");
            assertThat(now.at("/sessions/live").asInt()).isEqualTo(1);
            assertThat(now.at("/to_client/events").asInt()).isEqualTo(1);
            assertThat(now.path("buffered_bytes_limit").asLong()).isPositive();
        }
        assertThat(Caller.refusal(URI.create("ws://127.0.0.1:" + port + "/v1/realtime?model=x")))
                .isEqualTo(401);
        assertThat(get("/admin/overview").at("/refusals/invalid_api_key").asInt())
                .isEqualTo(1);
    }

    @Test
    void samplesEachSecondAndStreamsIt() throws Exception {
        try (Stream stream = new Stream("/admin/live");
                Caller caller = call()) {
            live(caller);
            int begun = 0;
            JsonNode sample = Json.object();
            while (begun == 0) {
                sample = stream.next("sample");
                begun = sample.path("begun").asInt();
            }
            assertThat(begun).isEqualTo(1);
            assertThat(sample.path("sessions").asInt()).isEqualTo(1);
            assertThat(stream.next("sessions").path("total").asInt()).isEqualTo(1);
            JsonNode history = get("/admin/history");
            assertThat(history.path("interval_ms").asInt()).isEqualTo(1_000);
            assertThat(history.path("samples").size()).isPositive();
            assertThat(history.path("samples").values()).contains(sample);
        }
    }

    @Test
    void followsASessionToItsEnd() throws Exception {
        try (Caller caller = call()) {
            FakeConnection connection = live(caller);
            String id = onlySession();
            try (Stream stream = new Stream("/admin/sessions/" + id + "/live")) {
                assertThat(stream.next("session").path("id").asString()).isEqualTo(id);
                connection.send("{\"type\":\"conversation.item.added\",\"item\":{\"id\":\"a1\",\"type\":\"message\","
                        + "\"role\":\"assistant\",\"content\":[]}}");
                connection.send("{\"type\":\"response.output_audio_transcript.delta\",\"item_id\":\"a1\","
                        + "\"content_index\":0,\"delta\":\"good \\u2028\"}");
                connection.send("{\"type\":\"response.output_audio_transcript.done\",\"item_id\":\"a1\","
                        + "\"content_index\":0,\"transcript\":\"good day\"}");
                JsonNode said = stream.next("said");
                while (!said.path("done").asBoolean()) {
                    said = stream.next("said");
                }
                assertThat(said.path("text").asString()).isEqualTo("good day");
                assertThat(said.path("role").asString()).isEqualTo("assistant");
                assertThat(ask("DELETE", "/admin/sessions/" + id, "").statusCode())
                        .isEqualTo(202);
                assertThat(stream.next("ended").path("code").asString()).isEqualTo("ended_by_operator");
                assertThat(stream.over()).isTrue();
            }
            assertThat(caller.next("error").at("/error/code").asString()).isEqualTo("ended_by_operator");
            assertThat(caller.closed().code()).isEqualTo(1008);
            assertThat(ask("GET", "/admin/sessions/" + id, "").statusCode()).isEqualTo(404);
            assertThat(get("/admin/overview")
                            .at("/sessions/ended/ended_by_operator")
                            .asInt())
                    .isEqualTo(1);
        }
    }

    @Test
    void putsInATextAndInterrupts() throws Exception {
        try (Caller caller = call()) {
            FakeConnection connection = live(caller);
            String id = onlySession();
            assertThat(ask("POST", "/admin/sessions/" + id + "/text", "{\"text\":\"say hello\"}")
                            .statusCode())
                    .isEqualTo(202);
            assertThat(connection.receive()).contains("conversation.item.create", "say hello");
            assertThat(connection.receive()).contains("response.create");
            connection.send("{\"type\":\"response.created\",\"response\":{\"id\":\"r1\",\"conversation_id\":\"c\"}}");
            caller.next("response.created");
            assertThat(ask("POST", "/admin/sessions/" + id + "/interrupt", "").statusCode())
                    .isEqualTo(202);
            assertThat(connection.receive()).contains("response.cancel");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'[]', invalid_json",
        "'{\"text\":', invalid_json",
        "'', invalid_json",
        "'{}', missing_required_parameter",
        "'{\"text\":7}', invalid_type",
        "'{\"text\":\"\"}', invalid_value",
        "'{\"text\":\"  \"}', invalid_value",
        "LONG, invalid_value",
    })
    void refusesABodyThatIsNone(String body, String code) throws Exception {
        try (Caller caller = call()) {
            live(caller);
            String sent = body.equals("LONG") ? "{\"text\":\"" + "y".repeat(8_193) + "\"}" : body;
            HttpResponse<String> answer = ask("POST", "/admin/sessions/" + onlySession() + "/text", sent);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(parsed(answer.body()).at("/error/code").asString()).isEqualTo(code);
            assertThat(answer.body()).doesNotContain("yyy");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /admin/sessions/sess_none, 404, session_not_found",
        "DELETE, /admin/sessions/sess_none, 404, session_not_found",
        "GET, /admin/sessions/sess_none/live, 404, session_not_found",
        "GET, /admin/sessions/sess_none/more, 404, not_found",
        "POST, /admin/sessions/sess_none, 405, method_not_allowed",
        "GET, /admin/sessions/sess_none/text, 405, method_not_allowed",
        "DELETE, /admin/sessions/sess_none/interrupt, 405, method_not_allowed",
    })
    void saysWhatIsNotThere(String method, String path, int status, String code) throws Exception {
        HttpResponse<String> answer = ask(method, path, "");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(parsed(answer.body()).at("/error/code").asString()).isEqualTo(code);
        assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /admin/overview",
        "GET, /admin/history",
        "GET, /admin/sessions",
        "GET, /admin/live",
        "GET, /admin/sessions/x",
        "GET, /admin/sessions/x/live",
        "POST, /admin/sessions/x/text",
        "POST, /admin/sessions/x/interrupt",
        "DELETE, /admin/sessions/x",
    })
    void asksForTheKeyEverywhere(String method, String path) throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .method(method, BodyPublishers.ofString("{}"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("www-authenticate")).contains("Bearer");
        assertThat(answer.headers().firstValue("access-control-allow-origin")).isEmpty();
        assertThat(answer.body()).contains("admin_key_needed").doesNotContain(KEY);
    }
}

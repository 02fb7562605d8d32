package dev.parley.interop.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.RealtimeModule;
import dev.parley.RealtimeModuleOptions;
import dev.parley.protocol.Json;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** A gateway between a client and a provider whose WebSockets others wrote. */
class ForeignSocketsTest {
    private static RealtimeModule gateway(String baseUrl) {
        return RealtimeModule.forRoot(RealtimeModuleOptions.builder()
                .environment(Map.of("OPENAI_API_KEY", "sk-x", "OPENAI_BASE_URL", baseUrl))
                .build());
    }

    /** A message whose characters have one to four bytes, cut into parts of which one ends inside no character. */
    private static String event(int units) {
        return "{\"type\":\"echo\",\"text\":\"" + "a\u00e9\u20ac\ud83d\ude00".repeat(units) + "\"}";
    }

    private static void check(JdkVisit visit) throws InterruptedException {
        for (int units : new int[] {0, 10, 5_000, 300_000}) {
            String event = event(units);
            visit.send(event);
            assertThat(visit.nextEvent().equals(event)).as("%d units", units).isTrue();
        }
        String event = event(2_000);
        visit.send(event.substring(0, 5), event.substring(5, 10_000 / 2 - 2), event.substring(10_000 / 2 - 2));
        assertThat(visit.next()).isEqualTo("pong mine 0");
        assertThat(visit.next()).isEqualTo("pong mine 1");
        assertThat(visit.nextEvent().equals(event)).isTrue();
        visit.send("{\"type\":\"count\"}");
        assertThat(visit.nextEvent()).isEqualTo("{\"type\":\"counted\",\"pongs\":5}");
        visit.send("{\"type\":\"bye\"}");
        assertThat(visit.nextEvent()).contains("provider_closed");
        assertThat(visit.nextEvent()).isEqualTo("close 4001 enough");
    }

    @Test
    void jdkClientTalksToTomcat() throws Exception {
        try (TomcatEcho provider = new TomcatEcho();
                RealtimeModule module = gateway(provider.baseUrl())) {
            int port = module.listen(0).getPort();
            check(new JdkVisit(URI.create("ws://127.0.0.1:" + port + "/v1/realtime?model=x")));
        }
    }

    /** npm {@code ws} at both ends, then the JDK's client before the same provider. */
    @Test
    @Tag("node")
    void wsTalksToWs() throws Exception {
        Process provider = node("ws-echo.mjs");
        try (BufferedReader told = lines(provider);
                RealtimeModule module = gateway("http://127.0.0.1:" + told.readLine() + "/v1")) {
            String url = "ws://127.0.0.1:" + module.listen(0).getPort() + "/v1/realtime?model=x";
            Process client = node("ws-visit.mjs", url);
            try (BufferedReader answer = lines(client)) {
                ObjectNode seen = Json.parse(answer.readLine().getBytes(StandardCharsets.UTF_8));
                assertThat(seen.path("failure").asString("")).isEmpty();
                assertThat(seen.path("echoes").asInt(0)).isEqualTo(5);
                assertThat(seen.path("pongs").toString()).isEqualTo("[\"mine 0\",\"mine 1\"]");
                assertThat(seen.path("counted").asInt(0)).isEqualTo(5);
                assertThat(seen.path("code").asInt(0)).isEqualTo(4001);
                assertThat(seen.path("reason").asString("")).isEqualTo("enough");
                assertThat(client.waitFor(15, TimeUnit.SECONDS)).isTrue();
            } finally {
                client.destroyForcibly();
            }
            check(new JdkVisit(URI.create(url)));
        } finally {
            provider.destroyForcibly();
        }
    }

    private static Process node(String... command) throws java.io.IOException {
        String[] all = new String[command.length + 1];
        all[0] = "node";
        System.arraycopy(command, 0, all, 1, command.length);
        return new ProcessBuilder(all)
                .directory(Path.of("node").toFile())
                .redirectError(Redirect.INHERIT)
                .start();
    }

    private static BufferedReader lines(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }
}

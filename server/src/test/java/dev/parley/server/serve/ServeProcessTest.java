package dev.parley.server.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.OpenAIRealtimeClient;
import dev.parley.testkit.FakeRealtimeServer;
import dev.parley.testkit.Script;
import java.io.BufferedReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ServeProcessTest {
    private static final Pattern URL = Pattern.compile("(ws://\\S+/v1/realtime)");

    /** A process of its own, because what counts here is what a supervisor sees. */
    @Test
    void endsCleanlyAtASignal() throws Exception {
        // A provider that takes sessions and says nothing, so that there is one to end.
        try (FakeRealtimeServer provider = FakeRealtimeServer.start(Script.accept())) {
            Process process = start(provider.baseUrl());
            try (BufferedReader out = process.inputReader()) {
                URI gateway = untilReady(out);
                try (OpenAIRealtimeClient client = new OpenAIRealtimeClient(gateway, null)) {
                    client.connect().get(10, TimeUnit.SECONDS);
                    // The process itself would close its output, too.
                    process.toHandle().destroy();
                    assertThat(client.closed().get(10, TimeUnit.SECONDS).code()).isEqualTo(1012);
                }
                assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isZero();
                assertThat(out.lines().toList()).contains("stopping…", "stopped");
            } finally {
                process.destroyForcibly();
            }
        }
    }

    private static Process start(String provider) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-Dstdout.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.parley.server.Parley",
                "serve",
                "--port",
                "0");
        builder.environment().put("OPENAI_API_KEY", "sk-test");
        builder.environment().put("OPENAI_BASE_URL", provider);
        return builder.redirectErrorStream(true).start();
    }

    private static URI untilReady(BufferedReader out) throws Exception {
        URI gateway = null;
        StringBuilder all = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            all.append(line).append('\n');
            Matcher url = URL.matcher(line);
            if (url.find()) {
                gateway = URI.create(url.group(1));
            }
            if (line.equals("ready") && gateway != null) {
                return gateway;
            }
        }
        throw new AssertionError("the server was never ready:\n" + all);
    }
}

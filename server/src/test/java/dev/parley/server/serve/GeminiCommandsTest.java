package dev.parley.server.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.Cli;
import dev.parley.server.ExitCode;
import dev.parley.testkit.assistant.ScriptedAssistant;
import dev.parley.testkit.gemini.FakeGeminiServer;
import dev.parley.testkit.gemini.GeminiAssistant;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code serve} before Gemini Live, in a process of its own, and {@code talk} with it. */
class GeminiCommandsTest {
    private static final ScriptedAssistant.Part PART = new ScriptedAssistant.Part(
            "what is new", "Nothing much happened.", "forever", "{\"room\":\"kitchen\",\"on\":true}");
    private static final Pattern URL = Pattern.compile("(ws://\\S+/v1/realtime)");

    @Test
    void talksInWritingThroughAGatewayBeforeGemini() throws Exception {
        try (FakeGeminiServer gemini = FakeGeminiServer.start(new GeminiAssistant(PART))) {
            Process process = serve(gemini.baseUrl(), FakeGeminiServer.key());
            try (BufferedReader out = process.inputReader()) {
                String gateway = untilReady(out);
                Cli cli = Cli.run(Map.of(), "talk", "--url", gateway, "--text", "Hello", "--text", "And now?");
                assertThat(cli.code()).as(cli.out() + cli.err()).isZero();
                assertThat(cli.out()).contains("Nothing much happened.");
                assertThat(gemini.sessions()).singleElement().satisfies(session -> {
                    assertThat(session.faults()).isEmpty();
                    assertThat(session.refusal()).isEmpty();
                });
                process.toHandle().destroy();
                assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isZero();
            } finally {
                process.destroyForcibly();
            }
        }
    }

    @Test
    void saysThatTheKeyIsNotAcceptedWithoutShowingIt() throws Exception {
        try (FakeGeminiServer gemini = FakeGeminiServer.start(new GeminiAssistant(PART))) {
            Process process = serve(gemini.baseUrl(), "marker-bad-0815");
            try (BufferedReader out = process.inputReader()) {
                Cli cli = Cli.run(Map.of(), "talk", "--url", untilReady(out), "--text", "Hello");
                assertThat(cli.code()).isEqualTo(ExitCode.FAILED);
                assertThat(cli.out() + cli.err()).contains("key").doesNotContain("marker-bad");
            } finally {
                process.destroyForcibly();
            }
        }
    }

    private static Process serve(String gemini, String key) throws Exception {
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
                "0",
                "--provider",
                "gemini");
        builder.environment().put("GEMINI_API_KEY", key);
        builder.environment().put("GOOGLE_GEMINI_BASE_URL", gemini);
        return builder.redirectErrorStream(true).start();
    }

    private static String untilReady(BufferedReader out) throws Exception {
        String gateway = "";
        StringBuilder all = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            all.append(line).append('\n');
            Matcher url = URL.matcher(line);
            if (url.find()) {
                gateway = url.group(1);
            }
            if (line.equals("ready") && !gateway.isEmpty()) {
                return gateway;
            }
        }
        throw new AssertionError("the server was never ready:\n" + all);
    }
}

package dev.parley.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.RealtimeModule;
import dev.parley.RealtimeModuleOptions;
import dev.parley.protocol.Bytes;
import dev.parley.testkit.Caller;
import dev.parley.transport.HttpRequest;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MetricsPageTest {
    private static final Pattern FAMILY = Pattern.compile("(?m)^# TYPE (parley_\\S+) (\\S+)$");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(parley_\\w+)` \\| (\\w+) \\|");
    private static final HttpRequest SCRAPE =
            new HttpRequest("GET", "/metrics", Map.of(), Map.of(), Bytes.utf8(""), "127.0.0.1:1", false);

    private static String scrape(MetricsPage page) {
        Bytes body = page.answer(SCRAPE).body();
        return body.text(0, body.length());
    }

    @Test
    void theDocumentListsWhatIsThereAndNothingElse() throws Exception {
        try (RealtimeModule module = module();
                MetricsPage page = new MetricsPage(module.service()::metrics)) {
            assertThat(rows(FAMILY, scrape(page)))
                    .isEqualTo(rows(ROW, Files.readString(Path.of("..", "docs", "metrics.md"))));
        }
    }

    private static Set<String> rows(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(row -> row.group(1) + " " + row.group(2))
                .collect(Collectors.toSet());
    }

    private static RealtimeModule module() {
        return RealtimeModule.forRoot(
                RealtimeModuleOptions.builder().environment(Map.of()).build());
    }

    @Test
    void countsSessionsByTheReasonOfTheirEndAndTellsOfTheJvm() {
        try (RealtimeModule module = module();
                MetricsPage page = new MetricsPage(module.service()::metrics)) {
            int port = module.listen(0).getPort();
            try (Caller caller = Caller.connect(URI.create("ws://127.0.0.1:" + port + "/realtime"))) {
                caller.closed();
            }
            String text = scrape(page);
            assertThat(text).contains("parley_sessions_begun_total 1.0");
            assertThat(text).contains("parley_events_total{direction=\"to_client\"} 0.0");
            assertThat(text).contains("parley_event_seconds_bucket{direction=\"to_client\",le=\"+Inf\"}");
            assertThat(text).contains("jvm_memory_used_bytes").contains("jvm_threads_live_threads");
            assertThat(text).contains("process_cpu_usage");
            assertThat(text).contains("# TYPE jvm_gc_");
        }
    }

    @Test
    void eachCallIsOneLineOfPrometheus() {
        try (RealtimeModule module = module();
                MetricsPage page = new MetricsPage(module.service()::metrics)) {
            Pattern line = Pattern.compile("# .*|[a-z_:0-9]+(\\{.*})? [-+0-9.eEInfNa]+");
            for (String each : scrape(page).split("\n")) {
                Matcher matcher = line.matcher(each);
                assertThat(matcher.matches()).as(each).isTrue();
            }
        }
    }
}

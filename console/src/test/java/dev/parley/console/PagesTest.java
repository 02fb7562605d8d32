package dev.parley.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Bytes;
import dev.parley.transport.HttpRequest;
import dev.parley.transport.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the console's files are served. */
class PagesTest {
    private final Pages pages = new Pages();

    private static HttpRequest asking(Map<String, String> headers) {
        return new HttpRequest("GET", "/", Map.of(), headers, Bytes.utf8(""), "127.0.0.1:1", false);
    }

    private static byte[] bytes(HttpResponse response) {
        return response.body().array(0, response.body().length());
    }

    @ParameterizedTest
    @CsvSource({
        "index.html,text/html; charset=utf-8",
        "app.js,text/javascript; charset=utf-8",
        "console.css,text/css; charset=utf-8",
        "icon.svg,image/svg+xml",
        "talk/talk.js,text/javascript; charset=utf-8",
        "vendor/uplot.css,text/css; charset=utf-8",
        "vendor/htm.LICENSE.txt,text/plain; charset=utf-8"
    })
    void servesItsFiles(String name, String type) {
        HttpResponse page = pages.answer(name, asking(Map.of()));
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.headers()).containsEntry("content-type", type).containsEntry("cache-control", "no-cache");
        assertThat(page.body().length()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nothing.js",
                "../Console.class",
                "talk/../app.js",
                "/etc/passwd",
                "Pages.class",
                "vendor/SHA256SUMS",
                "talk",
                "..%2fapp.js",
                "./app.js",
                "talk//talk.js",
                "package-info.class"
            })
    void servesNothingElse(String name) {
        assertThat(pages.answer(name, asking(Map.of())).status()).isEqualTo(404);
    }

    @Test
    void letsThePageLoadNothingFromElsewhereAndRunNoInlineScript() {
        assertThat(pages.answer("index.html", asking(Map.of())).headers().get("content-security-policy"))
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "http:", "https:", "*");
        String page = new String(bytes(pages.answer("index.html", asking(Map.of()))), StandardCharsets.UTF_8);
        assertThat(page).doesNotContain("<style", "style=", "onload=", "http:", "https:");
        assertThat(page.split("<script", -1)).hasSize(2);
    }

    @Test
    void lendsTheClientToPagesOfOtherOrigins() {
        HttpResponse client = pages.library("parley.js", asking(Map.of("origin", "https://page.example")));
        assertThat(client.status()).isEqualTo(200);
        assertThat(client.headers()).containsEntry("access-control-allow-origin", "*");
    }

    @Test
    void saysThatAFileIsStillTheSame() {
        HttpResponse first = pages.answer("app.js", asking(Map.of()));
        String tag = Objects.requireNonNull(first.headers().get("etag"));
        HttpResponse again = pages.answer("app.js", asking(Map.of("if-none-match", tag)));
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body().length()).isZero();
        for (String other : new String[] {"*", "\"x\", " + tag, tag.substring(2)}) {
            assertThat(pages.answer("app.js", asking(Map.of("if-none-match", other)))
                            .status())
                    .as(other)
                    .isEqualTo(304);
        }
        assertThat(pages.answer("console.css", asking(Map.of("if-none-match", tag)))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void packsForWhoeverCanUnpack() throws IOException {
        byte[] plain = bytes(pages.answer("app.js", asking(Map.of())));
        HttpResponse packed = pages.answer("app.js", asking(Map.of("accept-encoding", "br, gzip")));
        assertThat(packed.headers()).containsEntry("content-encoding", "gzip");
        assertThat(bytes(packed).length).isLessThan(plain.length);
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes(packed)))) {
            assertThat(in.readAllBytes()).isEqualTo(plain);
        }
        HttpResponse refused = pages.answer("app.js", asking(Map.of("accept-encoding", "gzip;q=0, br")));
        assertThat(refused.headers()).doesNotContainKey("content-encoding");
    }
}

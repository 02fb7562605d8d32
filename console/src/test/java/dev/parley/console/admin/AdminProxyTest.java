package dev.parley.console.admin;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.Bytes;
import dev.parley.transport.HttpRequest;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The admin API behind proxies, and asked by pages. */
class AdminProxyTest {
    private static HttpRequest request(Map<String, String> headers) {
        return new HttpRequest(
                "POST", "/admin/sessions/x/text", Map.of(), headers, Bytes.utf8(""), "127.0.0.1:50512", false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-forwarded-proto",
                "x-forwarded-port",
                "x-original-forwarded-for",
                "x-original-host",
                "x-client-ip",
                "cf-connecting-ip",
                "true-client-ip"
            })
    void aProxysHeaderIsRefusedWithoutAKey(String header) {
        assertThatThrownBy(() ->
                        new AdminKey(Optional.empty()).check(request(Map.of("host", "localhost:8080", header, "x"))))
                .isInstanceOf(Refusal.class)
                .hasMessage("admin_not_available");
    }

    @ParameterizedTest
    @ValueSource(strings = {"same-site", "cross-site", "something-new"})
    void aPageOfAnotherSiteIsRefusedWithoutAKey(String site) {
        assertThatThrownBy(() -> new AdminKey(Optional.empty())
                        .check(request(Map.of("host", "localhost:8080", "sec-fetch-site", site))))
                .isInstanceOf(Refusal.class)
                .hasMessage("origin_not_allowed");
    }

    @Test
    void theConsoleBehindAProxyThatEndsTlsIsAnsweredWithTheKey() {
        assertThatCode(() -> new AdminKey(Optional.of("op-marker-0123456789"))
                        .check(request(Map.of(
                                "host", "127.0.0.1:8080",
                                "origin", "https://voice.example",
                                "x-forwarded-proto", "https",
                                "authorization", "Bearer op-marker-0123456789"))))
                .doesNotThrowAnyException();
    }
}

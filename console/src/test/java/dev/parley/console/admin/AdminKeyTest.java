package dev.parley.console.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Bytes;
import dev.parley.transport.HttpRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may use the admin API: the rules of docs/admin.md, line by line. */
class AdminKeyTest {
    private static final String KEY = "op-marker-0123456789";
    private static final String HERE = "127.0.0.1:50512";
    private static final String ELSEWHERE = "192.0.2.7:50512";

    private static String outcome(Optional<String> key, String remote, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(Map.of("host", "localhost:8080"));
        all.putAll(headers);
        try {
            new AdminKey(key)
                    .check(new HttpRequest("GET", "/admin/overview", Map.of(), all, Bytes.utf8(""), remote, false));
            return "answered";
        } catch (Refusal refusal) {
            assertThat(refusal.error().message()).doesNotContain(KEY, "wrong-one");
            return refusal.status() + " " + refusal.error().code();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:50512, host, localhost:8080, answered",
        "[::1]:50512, host, [::1]:8080, answered",
        "127.0.0.1:50512, host, 127.0.0.1, answered",
        "192.0.2.7:50512, host, localhost:8080, 403 admin_not_available",
        "127.0.0.1:50512, host, evil.example, 403 admin_not_available",
        "127.0.0.1:50512, host, localhost.evil.example, 403 admin_not_available",
        "127.0.0.1:50512, host, '', 403 admin_not_available",
        "127.0.0.1:50512, forwarded, for=192.0.2.7, 403 admin_not_available",
        "127.0.0.1:50512, x-forwarded-for, 192.0.2.7, 403 admin_not_available",
        "127.0.0.1:50512, x-forwarded-host, gateway.example, 403 admin_not_available",
        "127.0.0.1:50512, x-real-ip, 192.0.2.7, 403 admin_not_available",
        "127.0.0.1:50512, via, 1.1 proxy, 403 admin_not_available",
        "127.0.0.1:50512, origin, http://localhost:8080, answered",
        "127.0.0.1:50512, origin, https://evil.example, 403 origin_not_allowed",
        "127.0.0.1:50512, origin, null, 403 origin_not_allowed",
        "127.0.0.1:50512, sec-fetch-site, cross-site, 403 origin_not_allowed",
        "127.0.0.1:50512, sec-fetch-site, same-origin, answered",
    })
    void withoutAKeyAnswersThisComputerAlone(String remote, String header, String value, String outcome) {
        assertThat(outcome(Optional.empty(), remote, Map.of(header, value))).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({
        "Bearer op-marker-0123456789, answered",
        "bearer  op-marker-0123456789, answered",
        "Bearer wrong-one, 401 admin_key_needed",
        "Bearer op-marker-012345678, 401 admin_key_needed",
        "Basic op-marker-0123456789, 401 admin_key_needed",
        "'', 401 admin_key_needed",
    })
    void withAKeyAsksEverybodyForIt(String authorization, String outcome) {
        for (String remote : new String[] {HERE, ELSEWHERE}) {
            assertThat(outcome(Optional.of(KEY), remote, Map.of("authorization", authorization)))
                    .isEqualTo(outcome);
        }
        assertThat(outcome(Optional.of(KEY), HERE, Map.of("api-key", KEY))).isEqualTo("401 admin_key_needed");
        assertThat(outcome(
                        Optional.of(KEY),
                        ELSEWHERE,
                        Map.of("authorization", "Bearer " + KEY, "x-forwarded-for", "192.0.2.9")))
                .isEqualTo("answered");
        assertThat(outcome(
                        Optional.of(KEY),
                        ELSEWHERE,
                        Map.of("authorization", "Bearer " + KEY, "origin", "https://evil.example")))
                .as("a page of another site cannot show a key without asking first, which is not answered")
                .isEqualTo("answered");
    }
}

package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.parley.protocol.Bytes;
import dev.parley.transport.HttpRequest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OfferTest {
    private static HttpRequest request(String type, String body) {
        return new HttpRequest(
                "POST", "/", Map.of(), Map.of("content-type", type), Bytes.utf8(body), "127.0.0.1:1", false);
    }

    @Test
    void isTheBodyItself() {
        Offer offer = Offer.of(request("application/sdp", "v=0\r\ns=-\r\n"));
        assertThat(offer.sdp()).isEqualTo("v=0\r\ns=-\r\n");
        assertThat(offer.session()).isEmpty();
    }

    @Test
    void isAFormOfTwoParts() {
        String body = """
                --xy
                Content-Disposition: form-data; name="sdp"; filename="a;b"
                Content-Type: application/sdp

                v=0
                s=-

                --xy
                content-disposition: form-data; name=session

                {"type":"realtime"}
                --xy--
                """.replace("\n", "\r\n");
        Offer offer = Offer.of(request("multipart/form-data; boundary=\"xy\"", body));
        assertThat(offer.sdp()).isEqualTo("v=0\r\ns=-\r\n");
        assertThat(offer.session().orElseThrow().path("type").asString()).isEqualTo("realtime");
    }

    @Test
    void refusesWhatHoldsNone() {
        assertThatThrownBy(() -> Offer.of(request("application/json", "{}")))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.error().code()).isEqualTo("invalid_offer"));
        assertThatThrownBy(() -> Offer.of(request("multipart/form-data", "v=0")))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.error().code()).isEqualTo("invalid_form"));
        assertThatThrownBy(() -> Offer.of(request(
                        "multipart/form-data; boundary=x",
                        "--x\r\ncontent-disposition: form-data; name=session\r\n\r\n{]\r\n--x--")))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.error().code()).isEqualTo("invalid_json"));
    }

    @Test
    void isReadInNoTimeHoweverItsHeadersAreMade() {
        String body = "--x\r\n" + "content-disposition:;".repeat(40_000) + "\r\n\r\n\r\n--x--";
        HttpRequest hostile = request("multipart/form-data; boundary=x", body);
        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThatThrownBy(() -> Offer.of(hostile)).isInstanceOf(Refusal.class));
    }
}

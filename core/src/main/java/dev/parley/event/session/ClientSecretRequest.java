package dev.parley.event.session;

import dev.parley.event.codec.Codec;
import dev.parley.event.codec.Wire;
import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.Fields;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The body of {@code POST /v1/realtime/client_secrets}: asks for a credential that a browser may hold.
 *
 * @param expiresAfter how long the credential can open sessions
 * @param session what such sessions start with
 */
public record ClientSecretRequest(
        @Wire.OrNull @Nullable ExpiresAfter expiresAfter,
        @Wire.OrNull @Nullable Session session,
        Fields more) {
    /** The request in an object; nothing is lost, and nothing fails. */
    public static ClientSecretRequest decode(ObjectNode json) {
        return codec().decode(json);
    }

    /** What a strict server refuses of it, if anything. */
    public static Optional<ErrorDetail> check(JsonNode json) {
        return codec().fault(json, "");
    }

    private static Codec<ClientSecretRequest> codec() {
        return Codec.of(ClientSecretRequest.class);
    }

    /** The object; the caller's own. */
    public ObjectNode encode() {
        return codec().encode(this);
    }

    /**
     * A span of time.
     *
     * @param anchor from when it counts: {@code created_at}
     * @param seconds 10 to 7,200; null: 600
     */
    public record ExpiresAfter(
            @Wire.OneOf("created_at") @Nullable String anchor,
            @Wire.Range(min = 10, max = 7_200) @Nullable Integer seconds,
            Fields more) {}
}

package dev.parley.gateway;

import dev.parley.protocol.ErrorDetail;
import dev.parley.transport.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * A client's offer of a call: the body of {@code POST /v1/realtime/calls}, which is SDP alone
 * ({@code application/sdp}), or a form with the parts {@code sdp} and {@code session} (RFC 7578).
 *
 * @param sdp the offer
 * @param session what the client wants configured, if anything
 */
record Offer(String sdp, Optional<ObjectNode> session) {
    private static final Pattern BOUNDARY = Pattern.compile("boundary=(?:\"([^\"]+)\"|([^;,\\s]+))");
    /** Only from where a line begins: else a part's headers that repeat the name take a time that grows by its square. */
    private static final Pattern NAME = Pattern.compile("(?im)^content-disposition:[^\r\n]*;\\s*name=\"?([^\";\r\n]+)");

    /** RFC 8841: a section of this kind, however it is written, or its transport. */
    private static final Pattern DATA_CHANNEL = Pattern.compile("(?i)m\\s*=\\s*application|sctp");

    /** Reads a request; throws {@link Refusal} if it holds no offer. */
    static Offer of(HttpRequest request) {
        String type = request.header("content-type").orElse("");
        String body = request.body().text(0, request.body().length());
        Offer offer = type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")
                ? ofForm(body, type)
                : new Offer(body, Optional.empty());
        if (!offer.sdp.startsWith("v=0")) {
            throw new Refusal(
                    400,
                    ErrorDetail.invalid(
                            "invalid_offer",
                            "There is no SDP offer: send it as a body of type application/sdp, or as the part 'sdp' of"
                                    + " a multipart/form-data body.",
                            "sdp"));
        }
        return offer;
    }

    /** Whether the call is to have a channel on which events go straight to the provider. */
    boolean hasDataChannel() {
        return DATA_CHANNEL.matcher(sdp).find();
    }

    private static Offer ofForm(String body, String type) {
        Matcher boundary = BOUNDARY.matcher(type);
        if (!boundary.find()) {
            throw new Refusal(
                    400, ErrorDetail.invalid("invalid_form", "The form's content type names no boundary.", null));
        }
        String delimiter = "--" + (boundary.group(1) != null ? boundary.group(1) : boundary.group(2));
        String sdp = "";
        Optional<ObjectNode> session = Optional.empty();
        for (String part : ("\r\n" + body).split(Pattern.quote("\r\n" + delimiter), -1)) {
            int end = part.indexOf("\r\n\r\n");
            Matcher name = NAME.matcher(end < 0 ? "" : part.substring(0, end));
            if (!name.find()) {
                continue;
            }
            String content = part.substring(end + 4);
            switch (name.group(1)) {
                case "sdp" -> sdp = content;
                case "session" -> session = Optional.of(Bodies.object(content.getBytes(StandardCharsets.UTF_8)));
                default -> {}
            }
        }
        return new Offer(sdp, session);
    }
}

package dev.parley.transcode;

import dev.parley.RealtimeAudioFormat;
import dev.parley.protocol.ErrorDetail;
import dev.parley.provider.Capabilities;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The audio formats that clients of one provider may bring: those that it takes, and those that Parley can convert. */
public final class Formats {
    private static final String INPUT = "session.audio.input.format";
    private static final String OUTPUT = "session.audio.output.format";
    private final Capabilities provider;

    /** The formats for a provider. */
    public Formats(Capabilities provider) {
        this.provider = provider;
    }

    /** What is wrong with the formats that a {@code session} asks for, or null. */
    public @Nullable ErrorDetail session(JsonNode session) {
        JsonNode audio = session.path("audio");
        ErrorDetail input = fault(audio.path("input").path("format"), provider.inputFormats(), INPUT);
        return input != null ? input : fault(audio.path("output").path("format"), provider.outputFormats(), OUTPUT);
    }

    /** What is wrong with the format that a {@code response} asks for, or null. */
    public @Nullable ErrorDetail response(JsonNode response) {
        JsonNode format = response.path("audio").path("output").path("format");
        return fault(format, provider.outputFormats(), "response.audio.output.format");
    }

    /** What is wrong with the formats that a session is to start with, or null. */
    public @Nullable ErrorDetail fault(Optional<RealtimeAudioFormat> input, Optional<RealtimeAudioFormat> output) {
        ErrorDetail fault = input.map(format -> fault(format, provider.inputFormats(), INPUT))
                .orElse(null);
        return fault != null
                ? fault
                : output.map(format -> fault(format, provider.outputFormats(), OUTPUT))
                        .orElse(null);
    }

    private @Nullable ErrorDetail fault(JsonNode format, Set<RealtimeAudioFormat> natives, String param) {
        Optional<RealtimeAudioFormat> known = RealtimeAudioFormat.of(format);
        if (known.isPresent()) {
            return fault(known.get(), natives, param);
        }
        // What Parley does not know may be known to a provider that takes OpenAI's events as they are.
        return !format.isObject() || provider.passThrough()
                ? null
                : ErrorDetail.invalid(
                        "invalid_value",
                        "The format is none that there is. Use {\"type\":\"audio/pcm\",\"rate\":24000}, 16000 or 8000, or"
                                + " {\"type\":\"audio/pcmu\"} or {\"type\":\"audio/pcma\"}.",
                        param);
    }

    private static @Nullable ErrorDetail fault(
            RealtimeAudioFormat format, Set<RealtimeAudioFormat> natives, String param) {
        return natives.contains(format) || Route.coding(format).known()
                ? null
                : ErrorDetail.invalid(
                        "unsupported_by_provider",
                        "This provider does not take " + format.type()
                                + ", and the server lacks the module that converts"
                                + " it (parley-opus). Use audio/pcm, audio/pcmu or audio/pcma.",
                        param);
    }
}

package dev.parley.session;

import dev.parley.RealtimeSessionConfig;
import dev.parley.protocol.AudioEvent;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventType;
import dev.parley.protocol.Json;
import dev.parley.protocol.MalformedEvent;
import dev.parley.provider.Capabilities;
import dev.parley.transcode.Formats;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds what must not reach a provider: messages that are no events, and settings that it cannot honour. Pure. */
final class ClientEventCheck {
    private static final ErrorDetail NO_AUDIO = ErrorDetail.invalid(
            "missing_required_parameter", "Missing required parameter: 'audio' (audio in base64).", "audio");

    private ClientEventCheck() {}

    /** What is wrong with an event of the client, or null. */
    static @Nullable ErrorDetail fault(Event event, Capabilities provider, SessionTerms terms) {
        ErrorDetail fault =
                switch (event) {
                    case MalformedEvent malformed -> malformed.error();
                    case AudioEvent audio -> tooLong(audio, terms.limits());
                    case ControlEvent control -> fault(control, provider);
                };
        return fault != null || terms.policy().open() ? fault : terms.policy().fault(event);
    }

    private static @Nullable ErrorDetail tooLong(AudioEvent audio, SessionLimits limits) {
        int bytes = audio.audioBytes();
        return bytes <= limits.maxAudio()
                ? null
                : ErrorDetail.invalid(
                        "invalid_value",
                        "The event holds " + bytes + " bytes of audio; at most " + limits.maxAudio()
                                + " fit in one. Send it in several.",
                        "audio");
    }

    private static @Nullable ErrorDetail fault(ControlEvent event, Capabilities provider) {
        JsonNode json;
        try {
            json = event.json();
        } catch (Json.JsonSyntaxException e) {
            return ErrorDetail.invalid("invalid_json", "The message is " + e.getMessage() + ".", null);
        }
        if (event.type().equals(EventType.INPUT_AUDIO_APPEND)) {
            JsonNode audio = json.path("audio");
            return audio.isMissingNode()
                    ? NO_AUDIO
                    : ErrorDetail.invalid(
                            "invalid_type", "Invalid type for 'audio': expected a string in base64.", "audio");
        }
        if (event.type().equals(EventType.SESSION_UPDATE)) {
            return new Formats(provider).session(json.path("session"));
        }
        return event.type().equals(EventType.RESPONSE_CREATE)
                ? new Formats(provider).response(json.path("response"))
                : null;
    }

    /** What a session's own configuration asks of a provider that lacks it, or null. */
    static @Nullable ErrorDetail fault(RealtimeSessionConfig config, Capabilities provider) {
        ErrorDetail format = new Formats(provider).fault(config.inputFormat(), config.outputFormat());
        if (format != null) {
            return format;
        }
        String voice = config.voice().orElse(null);
        if (voice != null && !provider.voices().isEmpty() && !provider.voices().contains(voice)) {
            return ErrorDetail.invalid(
                    "invalid_value",
                    "The provider has no voice '" + voice + "'. It has "
                            + provider.voices().stream().sorted().toList() + ".",
                    "session.audio.output.voice");
        }
        return null;
    }
}

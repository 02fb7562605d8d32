package dev.parley.event.session;

import dev.parley.event.codec.Wire;
import dev.parley.protocol.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a session hears and speaks. OpenAI Realtime: {@code session.audio}.
 *
 * @param input how it hears
 * @param output how it speaks
 */
public record SessionAudio(@Nullable Input input, @Nullable Output output, Fields more) {

    /**
     * How a session hears.
     *
     * @param transcription the transcripts of the user's speech; none where it is {@code null} on the wire
     * @param noiseReduction none where it is {@code null} on the wire
     */
    public record Input(
            @Nullable AudioFormat format,
            @Wire.OrNull @Nullable Transcription transcription,
            @Wire.OrNull @Nullable NoiseReduction noiseReduction,
            @Nullable Vad turnDetection,
            Fields more) {}

    /**
     * How a session, or one response, speaks.
     *
     * @param speed 0.25 to 1.5; 1 is as recorded
     */
    public record Output(
            @Nullable AudioFormat format,
            @Nullable Voice voice,
            @Wire.Range(min = 0.25, max = 1.5) @Nullable Number speed,
            Fields more) {}

    /**
     * How the user's speech is turned into text, beside the model's own hearing.
     *
     * @param model such as {@code gpt-transcribe}
     * @param language the speech's language, such as {@code en}
     * @param languages the languages that may be spoken
     * @param prompt what may help the transcription
     * @param keywords words that are likely to be spoken
     * @param delay how long a word may wait for its context: {@code minimal} to {@code xhigh}
     */
    public record Transcription(
            @Wire.OrNull @Nullable String model,
            @Wire.OrNull @Nullable String language,
            @Wire.OrNull @Nullable List<String> languages,
            @Wire.OrNull @Nullable String prompt,
            @Wire.OrNull @Nullable List<String> keywords,

            @Wire.OrNull @Wire.OneOf({"minimal", "low", "medium", "high", "xhigh"}) @Nullable
            String delay,

            Fields more) {
        public Transcription {
            languages = languages == null ? null : List.copyOf(languages);
            keywords = keywords == null ? null : List.copyOf(keywords);
        }

        /** Transcription by a model. */
        public static Transcription by(String model) {
            return new Transcription(model, null, null, null, null, null, Fields.NONE);
        }
    }

    /**
     * How noise is taken out of the user's audio.
     *
     * @param type {@code near_field} for headsets, {@code far_field} for rooms
     * @param strength 1 is the server's default
     */
    public record NoiseReduction(
            @Wire.OneOf({"near_field", "far_field"}) @Nullable
            String type,

            @Wire.Range(min = 0) @Nullable Number strength,
            Fields more) {}
}

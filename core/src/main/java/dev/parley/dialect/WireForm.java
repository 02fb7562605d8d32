package dev.parley.dialect;

import static dev.parley.dialect.Values.format;

import dev.parley.protocol.EventType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The forms in which peers write the events of OpenAI Realtime, by name: the table of dialects. A row is its names of
 * events, the places of its fields, and rules for what else is different. What no row mentions passes as it is.
 */
// The rows are never changed; the checker cannot see that of functions.
@SuppressWarnings("ImmutableEnumChecker")
public enum WireForm {
    /** OpenAI Realtime GA; bytes pass untouched. */
    GA("ga", Renames.NONE, null, List.of(), List.of()),

    /** OpenAI Realtime as it was until May 2026: {@code OpenAI-Beta: realtime=v1}. */
    BETA(
            "beta",
            Renames.BETA,
            beta(Values.SAME, Values.formats(), Values.formats(), false),
            List.of(Contents::new, () -> new ItemsAnnounced(Types.ITEM_CREATED), SpeechUsage::new),
            List.of(Quirks::unadvised)),

    /** Azure AI Voice Live: the beta's form, voices as objects, the rate of PCM in a field of its own. */
    VOICE_LIVE(
            "voice-live",
            Renames.BETA,
            beta(
                    Values.VOICES,
                    Values.formats(),
                    Values.formats(
                            "pcm16",
                            Map.of(
                                    "pcm16", format("audio/pcm", 24_000),
                                    "pcm16_16000hz", format("audio/pcm", 16_000),
                                    "pcm16_8000hz", format("audio/pcm", 8_000),
                                    "g711_ulaw", format("audio/pcmu", 0),
                                    "g711_alaw", format("audio/pcma", 0))),
                    false),
            List.of(Contents::new, Quirks::rateBeside, () -> new ItemsAnnounced(Types.ITEM_CREATED), SpeechUsage::new),
            List.of(Quirks::unadvised, Quirks::rateToBeside)),

    /** xAI Grok Voice: GA's names, some fields of a session at its top, items without an end. */
    XAI(
            "xai",
            Renames.NONE,
            xai(),
            List.of(
                    () -> Step.drop("ping"),
                    Contents::new,
                    Quirks::usageBeside,
                    SpeechFirst::new,
                    () -> new ItemsAnnounced(EventType.ITEM_ADDED),
                    SpeechUsage::new),
            List.of(Quirks::unadvised)),

    /** Inworld: GA but for heartbeats, both modalities at once, and function calls that end without their name. */
    INWORLD(
            "inworld",
            Renames.NONE,
            null,
            List.of(() -> Step.drop("ping"), Contents::new, Quirks::oneModality),
            List.of()),

    /** Alibaba Qwen-Omni: the beta's form, PCM of 16 kHz in and 24 kHz out, tools in the form of chat completions. */
    QWEN(
            "qwen",
            Renames.BETA,
            beta(
                    Values.SAME,
                    Values.formats(
                            "pcm", Map.of("pcm", format("audio/pcm", 16_000), "pcm16", format("audio/pcm", 16_000))),
                    Values.formats(
                            "pcm",
                            Map.of(
                                    "pcm", format("audio/pcm", 24_000),
                                    "pcm16", format("audio/pcm", 24_000),
                                    "pcm24", format("audio/pcm", 24_000))),
                    true),
            List.of(Contents::new, () -> new ItemsAnnounced(Types.ITEM_CREATED), SpeechUsage::new),
            List.of(Quirks::unadvised)),

    /** Zhipu GLM-Realtime: the beta's form with heartbeats. */
    GLM(
            "glm",
            Renames.BETA,
            beta(
                    Values.SAME,
                    Values.formats("pcm", Map.of("pcm", format("audio/pcm", 24_000))),
                    Values.formats("pcm", Map.of("pcm", format("audio/pcm", 24_000))),
                    false),
            List.of(
                    () -> Step.drop("heartbeat"),
                    Contents::new,
                    () -> new ItemsAnnounced(Types.ITEM_CREATED),
                    SpeechUsage::new),
            List.of(Quirks::unadvised)),

    /** Self-hosted servers: GA or the beta is understood, event by event; GA is written. */
    LENIENT(
            "lenient",
            Renames.BETA_UNDERSTOOD,
            beta(Values.VOICES, Values.formats(), Values.formats(), false).understood(),
            List.of(
                    () -> Step.drop("ping"),
                    Contents::new,
                    () -> new ItemsAnnounced(Types.ITEM_CREATED),
                    Quirks::oneModality,
                    SpeechUsage::new),
            List.of());

    private final String formName;
    private final Renames renames;
    private final @Nullable Shape shape;
    private final List<Supplier<Step>> fromServer;
    private final List<Supplier<Step>> toServer;

    /**
     * A row.
     *
     * @param shape where fields stand; null: as in GA
     * @param fromServer what else is mended in servers' events
     * @param toServer what else is changed in clients' events, in GA's shape
     */
    WireForm(
            String formName,
            Renames renames,
            @Nullable Shape shape,
            List<Supplier<Step>> fromServer,
            List<Supplier<Step>> toServer) {
        this.formName = formName;
        this.renames = renames;
        this.shape = shape;
        this.fromServer = fromServer;
        this.toServer = toServer;
    }

    /** The name in configurations, such as {@code voice-live}. */
    public String formName() {
        return formName;
    }

    /** The form of a name. */
    public static Optional<WireForm> named(String name) {
        return Arrays.stream(values())
                .filter(form -> form.formName.equals(name))
                .findFirst();
    }

    /** A dialect for one connection of a client that writes this form: it hears a server of the same form. */
    public Dialect ofClient() {
        if (this == GA) {
            return new PlainDialect();
        }
        List<Step> in = new ArrayList<>();
        List<Step> out = new ArrayList<>();
        if (shape != null) {
            in.add(shape.toGa());
            if (shape.flat()) {
                out.add(new ItemsCreated());
            }
            out.add(shape.fromGa());
        }
        return new RewritingDialect(renames, in, out);
    }

    /** A dialect for one connection to a provider that writes this form. */
    public Dialect ofProvider() {
        if (this == GA) {
            return new PlainDialect();
        }
        List<Step> in = new ArrayList<>();
        List<Step> out = new ArrayList<>();
        // Mended as the server wrote them, and then moved; the other way about for what it is sent.
        fromServer.forEach(step -> in.add(step.get()));
        toServer.forEach(step -> out.add(step.get()));
        if (shape != null) {
            in.add(shape.toGa());
            out.add(shape.fromGa());
        }
        return new RewritingDialect(renames, in, out);
    }

    private static Shape beta(Values voice, Values inputFormat, Values outputFormat, boolean nestedTools) {
        Move modalities = Move.of("modalities", "output_modalities", Values.MODALITIES);
        Move speaker = Move.of("voice", "audio.output.voice", voice);
        Move output = Move.of("output_audio_format", "audio.output.format", outputFormat);
        return new Shape(
                List.of(
                        modalities,
                        speaker,
                        output,
                        Move.of("speed", "audio.output.speed"),
                        Move.of("input_audio_format", "audio.input.format", inputFormat),
                        Move.of("input_audio_transcription", "audio.input.transcription"),
                        Move.of("input_audio_noise_reduction", "audio.input.noise_reduction"),
                        Move.of("turn_detection", "audio.input.turn_detection"),
                        Move.of("max_response_output_tokens", "max_output_tokens")),
                List.of(modalities, speaker, output),
                true,
                true,
                nestedTools);
    }

    private static Shape xai() {
        Values formats = Values.formats();
        return new Shape(
                List.of(
                        Move.of("voice", "audio.output.voice"),
                        Move.of("turn_detection", "audio.input.turn_detection", Values.TURN_DETECTION),
                        Move.of("modalities", "output_modalities", Values.MODALITIES)
                                .understood(),
                        Move.of("input_audio_transcription", "audio.input.transcription")
                                .understood(),
                        Move.of("input_audio_format", "audio.input.format", formats)
                                .understood(),
                        Move.of("output_audio_format", "audio.output.format", formats)
                                .understood(),
                        Move.of("max_response_output_tokens", "max_output_tokens")
                                .understood()),
                List.of(),
                false,
                false,
                false);
    }
}

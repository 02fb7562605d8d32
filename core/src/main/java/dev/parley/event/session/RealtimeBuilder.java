package dev.parley.event.session;

import dev.parley.protocol.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A configuration of a conversation in the making: only what is called is set. Not safe for several threads. */
public final class RealtimeBuilder {
    private @Nullable String model;
    private @Nullable List<String> outputModalities;
    private @Nullable String instructions;
    private @Nullable List<Tool> tools;
    private @Nullable ToolChoice toolChoice;
    private @Nullable TokenLimit maxOutputTokens;
    private @Nullable AudioFormat inputFormat;
    private SessionAudio.@Nullable Transcription transcription;
    private SessionAudio.@Nullable NoiseReduction noiseReduction;
    private @Nullable Vad turnDetection;
    private @Nullable AudioFormat outputFormat;
    private @Nullable Voice voice;
    private @Nullable Number speed;

    RealtimeBuilder() {}

    /** The model, which cannot be changed later. */
    public RealtimeBuilder model(String name) {
        model = name;
        return this;
    }

    /** {@code audio} or {@code text}. */
    public RealtimeBuilder outputModality(String modality) {
        outputModalities = List.of(modality);
        return this;
    }

    /** What the model is told about its task and manner. */
    public RealtimeBuilder instructions(String text) {
        instructions = text;
        return this;
    }

    /** All that the model may use; replaces what was set. */
    public RealtimeBuilder tools(List<Tool> all) {
        tools = all;
        return this;
    }

    /** Whether and which tools the model uses. */
    public RealtimeBuilder toolChoice(ToolChoice choice) {
        toolChoice = choice;
        return this;
    }

    /** How long an answer may be. */
    public RealtimeBuilder maxOutputTokens(TokenLimit limit) {
        maxOutputTokens = limit;
        return this;
    }

    /** The format of the user's audio. */
    public RealtimeBuilder inputFormat(AudioFormat format) {
        inputFormat = format;
        return this;
    }

    /** How the user's speech is turned into text. */
    public RealtimeBuilder transcription(SessionAudio.Transcription how) {
        transcription = how;
        return this;
    }

    /** How noise is taken out of the user's audio. */
    public RealtimeBuilder noiseReduction(SessionAudio.NoiseReduction how) {
        noiseReduction = how;
        return this;
    }

    /** How the server tells where turns end; {@link Vad#OFF}: not at all. */
    public RealtimeBuilder turnDetection(Vad how) {
        turnDetection = how;
        return this;
    }

    /** The format of the model's audio. */
    public RealtimeBuilder outputFormat(AudioFormat format) {
        outputFormat = format;
        return this;
    }

    /** Who speaks; cannot be changed once the model has spoken. */
    public RealtimeBuilder voice(Voice who) {
        voice = who;
        return this;
    }

    /** How fast: 0.25 to 1.5. */
    public RealtimeBuilder speed(Number factor) {
        speed = factor;
        return this;
    }

    /** The configuration. */
    public Session.Realtime build() {
        SessionAudio.Input input =
                inputFormat == null && transcription == null && noiseReduction == null && turnDetection == null
                        ? null
                        : new SessionAudio.Input(
                                inputFormat, transcription, noiseReduction, turnDetection, Fields.NONE);
        SessionAudio.Output output = outputFormat == null && voice == null && speed == null
                ? null
                : new SessionAudio.Output(outputFormat, voice, speed, Fields.NONE);
        return new Session.Realtime(
                null,
                null,
                model,
                outputModalities,
                instructions,
                tools,
                toolChoice,
                maxOutputTokens,
                null,
                null,
                null,
                null,
                input == null && output == null ? null : new SessionAudio(input, output, Fields.NONE),
                null,
                null,
                null,
                Fields.NONE);
    }
}

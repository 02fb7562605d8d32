package dev.parley.event;

import dev.parley.event.codec.Wire;
import dev.parley.protocol.Fields;
import org.jspecify.annotations.Nullable;

/**
 * One part of a message, or of a response in the making. OpenAI Realtime: {@code item.content[]}; in
 * {@code response.content_part.*} the parts are {@link Text} and {@link Audio}.
 */
@Wire.Family
public sealed interface Content {
    /** What the part says: its text, or the transcript of its speech; empty where there is none. */
    default String words() {
        String words =
                switch (this) {
                    case InputText part -> part.text();
                    case InputAudio part -> part.transcript();
                    case OutputText part -> part.text();
                    case OutputAudio part -> part.transcript();
                    case Text part -> part.text();
                    case Audio part -> part.transcript();
                    case InputImage part -> null;
                    case Unknown part -> null;
                };
        return words == null ? "" : words;
    }

    /** What the user or the application wrote: {@code input_text}. */
    @Wire.Type("input_text")
    record InputText(String text, Fields more) implements Content {}

    /**
     * What the user said: {@code input_audio}.
     *
     * @param audio base64, in the session's input format
     */
    @Wire.Type("input_audio")
    record InputAudio(
            @Nullable String audio, @Wire.OrNull @Nullable String transcript, Fields more) implements Content {}

    /**
     * What the user showed: {@code input_image}.
     *
     * @param imageUrl a {@code data:} URI of a PNG or JPEG
     * @param detail {@code auto}, {@code low} or {@code high}
     */
    @Wire.Type("input_image")
    record InputImage(
            String imageUrl,
            @Wire.OneOf({"auto", "low", "high"}) @Nullable String detail,
            Fields more) implements Content {}

    /** What the model wrote: {@code output_text}. */
    @Wire.Type("output_text")
    record OutputText(String text, Fields more) implements Content {}

    /**
     * What the model said: {@code output_audio}.
     *
     * @param audio base64, in the session's output format; mostly left out
     */
    @Wire.Type("output_audio")
    record OutputAudio(
            @Nullable String audio, @Wire.OrNull @Nullable String transcript, Fields more) implements Content {}

    /** Text in a part of a response: {@code text}. */
    @Wire.Type("text")
    record Text(@Nullable String text, Fields more) implements Content {}

    /** Speech in a part of a response: {@code audio}. */
    @Wire.Type("audio")
    record Audio(@Nullable String audio, @Nullable String transcript, Fields more) implements Content {}

    /** A part that this version of Parley does not know. */
    record Unknown(Fields json) implements Content {}
}

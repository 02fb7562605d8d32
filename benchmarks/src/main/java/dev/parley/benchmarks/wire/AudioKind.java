package dev.parley.benchmarks.wire;

/** One of the two audio events, as OpenAI and its clients write them. */
public enum AudioKind {
    /** From the client: a piece of what the microphone hears. */
    APPEND("{\"type\":\"input_audio_buffer.append\",\"audio\":\""),
    /** From the provider: a piece of what is spoken. */
    DELTA("{\"type\":\"response.output_audio.delta\",\"event_id\":\"event_CqQ3GmxNpzJtVdLb7WkYr\","
            + "\"response_id\":\"resp_CqQ3GTz5sWcXfRn8uMhKe\",\"item_id\":\"item_CqQ3GvBd2yPjQx6oLrSgA\","
            + "\"output_index\":0,\"content_index\":0,\"delta\":\"");

    static final String AFTER = "\"}";

    private final String before;
    private final int typeEnd;

    AudioKind(String before) {
        this.before = before;
        this.typeEnd = before.indexOf(',');
    }

    /** All up to the payload. */
    String before() {
        return before;
    }

    /** Where the member {@code type}, which is the first, ends. */
    int typeEnd() {
        return typeEnd;
    }
}

package dev.parley.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code type} of an event. The types of OpenAI Realtime GA are constants; every other name is a type, too, and is
 * equal to another of the same name.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/realtime-client-events">OpenAI Realtime events</a>
 */
public final class EventType {
    private static final int LONGEST = 64;
    private static final Map<String, EventType> BY_NAME = new HashMap<>();
    private static final EventType[][] BY_LENGTH = new EventType[LONGEST + 1][0];

    public static final EventType SESSION_UPDATE = declared("session.update");
    public static final EventType INPUT_AUDIO_APPEND = declared("input_audio_buffer.append");
    public static final EventType INPUT_AUDIO_COMMIT = declared("input_audio_buffer.commit");
    public static final EventType INPUT_AUDIO_CLEAR = declared("input_audio_buffer.clear");
    public static final EventType ITEM_CREATE = declared("conversation.item.create");
    public static final EventType ITEM_RETRIEVE = declared("conversation.item.retrieve");
    public static final EventType ITEM_TRUNCATE = declared("conversation.item.truncate");
    public static final EventType ITEM_DELETE = declared("conversation.item.delete");
    public static final EventType RESPONSE_CREATE = declared("response.create");
    public static final EventType RESPONSE_CANCEL = declared("response.cancel");
    public static final EventType OUTPUT_AUDIO_CLEAR = declared("output_audio_buffer.clear");

    public static final EventType ERROR = declared("error");
    public static final EventType SESSION_CREATED = declared("session.created");
    public static final EventType SESSION_UPDATED = declared("session.updated");
    public static final EventType CONVERSATION_CREATED = declared("conversation.created");
    public static final EventType ITEM_ADDED = declared("conversation.item.added");
    public static final EventType ITEM_DONE = declared("conversation.item.done");
    public static final EventType ITEM_CREATED = declared("conversation.item.created");
    public static final EventType ITEM_RETRIEVED = declared("conversation.item.retrieved");
    public static final EventType ITEM_DELETED = declared("conversation.item.deleted");
    public static final EventType ITEM_TRUNCATED = declared("conversation.item.truncated");
    public static final EventType INPUT_TRANSCRIPT_DELTA =
            declared("conversation.item.input_audio_transcription.delta");
    public static final EventType INPUT_TRANSCRIPT_SEGMENT =
            declared("conversation.item.input_audio_transcription.segment");
    public static final EventType INPUT_TRANSCRIPT_COMPLETED =
            declared("conversation.item.input_audio_transcription.completed");
    public static final EventType INPUT_TRANSCRIPT_FAILED =
            declared("conversation.item.input_audio_transcription.failed");
    public static final EventType INPUT_AUDIO_COMMITTED = declared("input_audio_buffer.committed");
    public static final EventType INPUT_AUDIO_CLEARED = declared("input_audio_buffer.cleared");
    public static final EventType SPEECH_STARTED = declared("input_audio_buffer.speech_started");
    public static final EventType SPEECH_STOPPED = declared("input_audio_buffer.speech_stopped");
    public static final EventType IDLE_TIMEOUT = declared("input_audio_buffer.timeout_triggered");
    public static final EventType DTMF_RECEIVED = declared("input_audio_buffer.dtmf_event_received");
    public static final EventType OUTPUT_AUDIO_STARTED = declared("output_audio_buffer.started");
    public static final EventType OUTPUT_AUDIO_STOPPED = declared("output_audio_buffer.stopped");
    public static final EventType OUTPUT_AUDIO_CLEARED = declared("output_audio_buffer.cleared");
    public static final EventType RESPONSE_CREATED = declared("response.created");
    public static final EventType RESPONSE_DONE = declared("response.done");
    public static final EventType OUTPUT_ITEM_ADDED = declared("response.output_item.added");
    public static final EventType OUTPUT_ITEM_DONE = declared("response.output_item.done");
    public static final EventType CONTENT_PART_ADDED = declared("response.content_part.added");
    public static final EventType CONTENT_PART_DONE = declared("response.content_part.done");
    public static final EventType OUTPUT_TEXT_DELTA = declared("response.output_text.delta");
    public static final EventType OUTPUT_TEXT_DONE = declared("response.output_text.done");
    public static final EventType OUTPUT_AUDIO_DELTA = declared("response.output_audio.delta");
    public static final EventType OUTPUT_AUDIO_DONE = declared("response.output_audio.done");
    public static final EventType OUTPUT_TRANSCRIPT_DELTA = declared("response.output_audio_transcript.delta");
    public static final EventType OUTPUT_TRANSCRIPT_DONE = declared("response.output_audio_transcript.done");
    public static final EventType FUNCTION_ARGUMENTS_DELTA = declared("response.function_call_arguments.delta");
    public static final EventType FUNCTION_ARGUMENTS_DONE = declared("response.function_call_arguments.done");
    public static final EventType MCP_ARGUMENTS_DELTA = declared("response.mcp_call_arguments.delta");
    public static final EventType MCP_ARGUMENTS_DONE = declared("response.mcp_call_arguments.done");
    public static final EventType MCP_CALL_IN_PROGRESS = declared("response.mcp_call.in_progress");
    public static final EventType MCP_CALL_COMPLETED = declared("response.mcp_call.completed");
    public static final EventType MCP_CALL_FAILED = declared("response.mcp_call.failed");
    public static final EventType MCP_LIST_TOOLS_IN_PROGRESS = declared("mcp_list_tools.in_progress");
    public static final EventType MCP_LIST_TOOLS_COMPLETED = declared("mcp_list_tools.completed");
    public static final EventType MCP_LIST_TOOLS_FAILED = declared("mcp_list_tools.failed");
    public static final EventType RATE_LIMITS_UPDATED = declared("rate_limits.updated");

    private final String name;
    private final byte[] bytes;

    private EventType(String name) {
        this.name = name;
        this.bytes = name.getBytes(StandardCharsets.UTF_8);
    }

    private static EventType declared(String name) {
        EventType type = new EventType(name);
        BY_NAME.put(name, type);
        EventType[] bucket = BY_LENGTH[name.length()];
        EventType[] grown = Arrays.copyOf(bucket, bucket.length + 1);
        grown[bucket.length] = type;
        BY_LENGTH[name.length()] = grown;
        return type;
    }

    /** The type of a name, if OpenAI Realtime has one of it. */
    public static Optional<EventType> known(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** The type of a name. */
    public static EventType of(String name) {
        EventType type = BY_NAME.get(name);
        return type != null ? type : new EventType(name);
    }

    /** The type whose name stands in {@code bytes}; allocates nothing for a known one. */
    static EventType read(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length <= LONGEST) {
            for (EventType type : BY_LENGTH[length]) {
                if (type.matches(bytes, from)) {
                    return type;
                }
            }
        }
        return new EventType(new String(bytes, from, length, StandardCharsets.UTF_8));
    }

    private boolean matches(byte[] other, int from) {
        return Arrays.equals(bytes, 0, bytes.length, other, from, from + bytes.length);
    }

    /** Whether events of this type carry audio, and so are {@link AudioEvent}s. */
    public boolean audio() {
        return equals(INPUT_AUDIO_APPEND) || equals(OUTPUT_AUDIO_DELTA);
    }

    /** The name as it stands in the event, such as {@code response.done}. */
    public String name() {
        return name;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof EventType type && type.name.equals(name));
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}

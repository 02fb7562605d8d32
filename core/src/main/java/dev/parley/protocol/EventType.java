package dev.parley.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

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

    public static final EventType SESSION_UPDATE = known("session.update");
    public static final EventType INPUT_AUDIO_APPEND = known("input_audio_buffer.append");
    public static final EventType INPUT_AUDIO_COMMIT = known("input_audio_buffer.commit");
    public static final EventType INPUT_AUDIO_CLEAR = known("input_audio_buffer.clear");
    public static final EventType ITEM_CREATE = known("conversation.item.create");
    public static final EventType ITEM_RETRIEVE = known("conversation.item.retrieve");
    public static final EventType ITEM_TRUNCATE = known("conversation.item.truncate");
    public static final EventType ITEM_DELETE = known("conversation.item.delete");
    public static final EventType RESPONSE_CREATE = known("response.create");
    public static final EventType RESPONSE_CANCEL = known("response.cancel");
    public static final EventType OUTPUT_AUDIO_CLEAR = known("output_audio_buffer.clear");

    public static final EventType ERROR = known("error");
    public static final EventType SESSION_CREATED = known("session.created");
    public static final EventType SESSION_UPDATED = known("session.updated");
    public static final EventType CONVERSATION_CREATED = known("conversation.created");
    public static final EventType ITEM_ADDED = known("conversation.item.added");
    public static final EventType ITEM_DONE = known("conversation.item.done");
    public static final EventType ITEM_CREATED = known("conversation.item.created");
    public static final EventType ITEM_RETRIEVED = known("conversation.item.retrieved");
    public static final EventType ITEM_DELETED = known("conversation.item.deleted");
    public static final EventType ITEM_TRUNCATED = known("conversation.item.truncated");
    public static final EventType INPUT_TRANSCRIPT_DELTA = known("conversation.item.input_audio_transcription.delta");
    public static final EventType INPUT_TRANSCRIPT_SEGMENT =
            known("conversation.item.input_audio_transcription.segment");
    public static final EventType INPUT_TRANSCRIPT_COMPLETED =
            known("conversation.item.input_audio_transcription.completed");
    public static final EventType INPUT_TRANSCRIPT_FAILED = known("conversation.item.input_audio_transcription.failed");
    public static final EventType INPUT_AUDIO_COMMITTED = known("input_audio_buffer.committed");
    public static final EventType INPUT_AUDIO_CLEARED = known("input_audio_buffer.cleared");
    public static final EventType SPEECH_STARTED = known("input_audio_buffer.speech_started");
    public static final EventType SPEECH_STOPPED = known("input_audio_buffer.speech_stopped");
    public static final EventType IDLE_TIMEOUT = known("input_audio_buffer.timeout_triggered");
    public static final EventType DTMF_RECEIVED = known("input_audio_buffer.dtmf_event_received");
    public static final EventType OUTPUT_AUDIO_STARTED = known("output_audio_buffer.started");
    public static final EventType OUTPUT_AUDIO_STOPPED = known("output_audio_buffer.stopped");
    public static final EventType OUTPUT_AUDIO_CLEARED = known("output_audio_buffer.cleared");
    public static final EventType RESPONSE_CREATED = known("response.created");
    public static final EventType RESPONSE_DONE = known("response.done");
    public static final EventType OUTPUT_ITEM_ADDED = known("response.output_item.added");
    public static final EventType OUTPUT_ITEM_DONE = known("response.output_item.done");
    public static final EventType CONTENT_PART_ADDED = known("response.content_part.added");
    public static final EventType CONTENT_PART_DONE = known("response.content_part.done");
    public static final EventType OUTPUT_TEXT_DELTA = known("response.output_text.delta");
    public static final EventType OUTPUT_TEXT_DONE = known("response.output_text.done");
    public static final EventType OUTPUT_AUDIO_DELTA = known("response.output_audio.delta");
    public static final EventType OUTPUT_AUDIO_DONE = known("response.output_audio.done");
    public static final EventType OUTPUT_TRANSCRIPT_DELTA = known("response.output_audio_transcript.delta");
    public static final EventType OUTPUT_TRANSCRIPT_DONE = known("response.output_audio_transcript.done");
    public static final EventType FUNCTION_ARGUMENTS_DELTA = known("response.function_call_arguments.delta");
    public static final EventType FUNCTION_ARGUMENTS_DONE = known("response.function_call_arguments.done");
    public static final EventType MCP_ARGUMENTS_DELTA = known("response.mcp_call_arguments.delta");
    public static final EventType MCP_ARGUMENTS_DONE = known("response.mcp_call_arguments.done");
    public static final EventType MCP_CALL_IN_PROGRESS = known("response.mcp_call.in_progress");
    public static final EventType MCP_CALL_COMPLETED = known("response.mcp_call.completed");
    public static final EventType MCP_CALL_FAILED = known("response.mcp_call.failed");
    public static final EventType MCP_LIST_TOOLS_IN_PROGRESS = known("mcp_list_tools.in_progress");
    public static final EventType MCP_LIST_TOOLS_COMPLETED = known("mcp_list_tools.completed");
    public static final EventType MCP_LIST_TOOLS_FAILED = known("mcp_list_tools.failed");
    public static final EventType RATE_LIMITS_UPDATED = known("rate_limits.updated");

    private final String name;
    private final byte[] bytes;

    private EventType(String name) {
        this.name = name;
        this.bytes = name.getBytes(StandardCharsets.UTF_8);
    }

    private static EventType known(String name) {
        EventType type = new EventType(name);
        BY_NAME.put(name, type);
        EventType[] bucket = BY_LENGTH[name.length()];
        EventType[] grown = Arrays.copyOf(bucket, bucket.length + 1);
        grown[bucket.length] = type;
        BY_LENGTH[name.length()] = grown;
        return type;
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

package dev.parley.dialect;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Random messages: JSON of the right words in the wrong places, sometimes with damaged bytes. */
final class Noise {
    private static final List<String> TYPES = List.of(
            "session.update",
            "session.created",
            "transcription_session.update",
            "response.create",
            "response.created",
            "response.done",
            "response.audio.delta",
            "response.output_audio.delta",
            "response.output_text.done",
            "response.output_audio_transcript.done",
            "response.output_item.added",
            "response.output_item.done",
            "response.content_part.added",
            "response.content_part.done",
            "response.function_call_arguments.done",
            "conversation.item.create",
            "conversation.item.created",
            "conversation.item.added",
            "conversation.item.done",
            "conversation.item.input_audio_transcription.completed",
            "input_audio_buffer.committed",
            "input_audio_buffer.speech_started",
            "input_audio_buffer.speech_stopped",
            "error",
            "ping");
    private static final List<String> NAMES = List.of(
            "session",
            "response",
            "item",
            "item_id",
            "event_id",
            "part",
            "audio",
            "input",
            "output",
            "format",
            "voice",
            "modalities",
            "output_modalities",
            "tools",
            "function",
            "turn_detection",
            "content",
            "content_index",
            "type",
            "id",
            "role",
            "status",
            "usage",
            "transcript",
            "text",
            "delta",
            "error",
            "param",
            "input_audio_format",
            "input_audio_sampling_rate",
            "rate",
            "speed",
            "name");
    private static final List<String> WORDS = List.of(
            "function_call",
            "message",
            "assistant",
            "user",
            "in_progress",
            "completed",
            "audio",
            "text",
            "pcm16",
            "audio/pcm",
            "session.voice",
            "transcription",
            "i1",
            "",
            "\\u0000",
            "\\\"");

    private Noise() {}

    static byte[] message(Random random) {
        StringBuilder text =
                new StringBuilder("{\"type\":\"").append(any(TYPES, random)).append('"');
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(",\"").append(any(NAMES, random)).append("\":");
            value(text, random, 0);
        }
        byte[] bytes = text.append('}').toString().getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(20) - 17; i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static void value(StringBuilder text, Random random, int depth) {
        int kind = random.nextInt(depth > 4 ? 5 : 8);
        switch (kind) {
            case 0 -> text.append("null");
            case 1 -> text.append(random.nextBoolean());
            case 2 -> text.append(random.nextInt(-3, 1 << random.nextInt(31)));
            case 3 -> text.append("1e").append(random.nextInt(400));
            case 4 -> text.append('"').append(any(WORDS, random)).append('"');
            case 5 -> {
                text.append('[');
                for (int i = random.nextInt(3); i > 0; i--) {
                    value(text, random, depth + 1);
                    text.append(i > 1 ? "," : "");
                }
                text.append(']');
            }
            default -> {
                text.append('{');
                for (int i = random.nextInt(4); i > 0; i--) {
                    text.append('"').append(any(NAMES, random)).append("\":");
                    value(text, random, depth + 1);
                    text.append(i > 1 ? "," : "");
                }
                text.append('}');
            }
        }
    }

    private static String any(List<String> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }
}

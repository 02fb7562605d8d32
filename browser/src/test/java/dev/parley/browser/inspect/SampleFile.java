package dev.parley.browser.inspect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A short made-up conversation: a question with a tool call, an answer that is spoken over, and an error. */
final class SampleFile {
    /** Of µ-law at 8000 Hz: bytes in a millisecond. */
    private static final int BYTES_PER_MS = 8;

    /** Text in cached and not, audio in cached and not, text and audio out: by the list, 3780 millionths of a dollar. */
    static final String COST = "$0.00378";

    private static final String USAGE = """
            {"total_tokens":200,"input_tokens":150,"output_tokens":50,
             "input_token_details":{"text_tokens":100,"audio_tokens":50,"image_tokens":0,"cached_tokens":50,
              "cached_tokens_details":{"text_tokens":40,"audio_tokens":10,"image_tokens":0}},
             "output_token_details":{"text_tokens":20,"audio_tokens":30}}""";

    private final List<String> lines = new ArrayList<>();
    private final String model;
    private final boolean timed;

    private SampleFile(String model, boolean timed) {
        this.model = model;
        this.timed = timed;
    }

    /** With times, and with what a page saw. */
    static List<String> timed(String model) {
        return new SampleFile(model, true).lines();
    }

    /** Messages alone, as other tools record them. */
    static List<String> untimed() {
        return new SampleFile("gpt-realtime", false).lines();
    }

    static Path write(Path folder, List<String> lines) throws IOException {
        return Files.write(folder.resolve("sample.jsonl"), lines);
    }

    private List<String> lines() {
        begins();
        asks();
        calls();
        answers();
        return List.copyOf(lines);
    }

    private void begins() {
        received(10, "session.created", """
                "session":{"type":"realtime","object":"realtime.session","id":"sess_1","model":"%s",
                "output_modalities":["audio"],"instructions":"<b>Be brief.</b>",
                "audio":{"input":{"format":{"type":"audio/pcmu"}},"output":{"format":{"type":"audio/pcmu"},"voice":"marin"}}}\
                """.formatted(model));
        page(12, "open", """
                "session_id":"sess_1","resumed":false,"provider":"openai","model":"%s",
                "wire":{"binary":false,"input":"audio/pcmu","output":"audio/pcmu"}""".formatted(model));
    }

    private void asks() {
        for (int at = 100; at <= 1000; at += 100) {
            sent(at, "input_audio_buffer.append", "\"audio\":\"" + sound(100) + "\"");
            if (at == 400) {
                received(at, "input_audio_buffer.speech_started", "\"item_id\":\"u1\",\"audio_start_ms\":200");
            }
        }
        received(1100, "input_audio_buffer.speech_stopped", "\"item_id\":\"u1\",\"audio_end_ms\":900");
        received(1101, "conversation.item.input_audio_transcription.completed", """
                "item_id":"u1","content_index":0,"transcript":"Is it <i>foggy</i>?","usage":{"type":"duration","seconds":1}""");
    }

    private void calls() {
        received(1110, "response.function_call_arguments.done", """
                "response_id":"r1","item_id":"f1","output_index":0,"call_id":"c1","name":"get_weather","arguments":"{\\"town\\":\\"Ulm\\"}\"""");
        sent(1360, "conversation.item.create", """
                "item":{"type":"function_call_output","call_id":"c1","output":"<img src=x onerror=alert(1)>"}""");
        sent(1361, "response.create", "");
        received(1370, "error", """
                "error":{"type":"invalid_request_error","code":"a_code","message":"Something was wrong","param":null,"event_id":null}""");
    }

    private void answers() {
        received(1400, "response.created", """
                "response":{"object":"realtime.response","id":"r2","status":"in_progress","status_details":null,"output":[],"usage":null}""");
        page(1500, "playback", "\"item_id\":\"a1\",\"content_index\":0,\"ms\":0,\"playing\":true");
        page(1501, "turn", "\"item_id\":\"a1\",\"silence_ms\":1000,\"sound_ms\":1500,\"ms\":500,\"typed\":false");
        for (int at = 1502; at < 1512; at++) {
            received(at, "response.output_audio.delta", place() + ",\"delta\":\"" + sound(200) + "\"");
        }
        received(1520, "response.output_audio_transcript.delta", place() + ",\"delta\":\"It is foggy in Ulm today.\"");
        page(2500, "playback", "\"item_id\":\"a1\",\"content_index\":0,\"ms\":1000,\"playing\":false");
        page(2501, "heard", "\"item_id\":\"a1\",\"characters\":12");
        sent(2502, "conversation.item.truncate", "\"item_id\":\"a1\",\"content_index\":0,\"audio_end_ms\":1000");
        page(2503, "interrupted", "\"item_id\":\"a1\",\"heard_ms\":1000");
        received(2510, "response.done", """
                "response":{"object":"realtime.response","id":"r2","status":"cancelled",
                "status_details":{"type":"cancelled","reason":"turn_detected"},"output":[],"usage":%s}""".formatted(USAGE));
    }

    private static String place() {
        return "\"response_id\":\"r2\",\"item_id\":\"a1\",\"output_index\":0,\"content_index\":0";
    }

    private static String sound(int millis) {
        byte[] bytes = new byte[millis * BYTES_PER_MS];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i / 10 % 2 == 0 ? 0x18 : 0x98);
        }
        return Base64.getEncoder().encodeToString(bytes);
    }

    private void sent(int at, String type, String fields) {
        message("sent", at, "{\"type\":\"" + type + "\"" + (fields.isEmpty() ? "" : "," + fields) + "}");
    }

    private void received(int at, String type, String fields) {
        message("recv", at, "{\"type\":\"" + type + "\",\"event_id\":\"event_" + lines.size() + "\"," + fields + "}");
    }

    private void message(String direction, int at, String data) {
        String time = timed ? "\"at_ms\":" + at + "," : "";
        lines.add(("{\"dir\":\"" + direction + "\",\"kind\":\"message\"," + time + "\"data\":" + data + "}")
                .replace("\n", ""));
    }

    private void page(int at, String kind, String fields) {
        if (timed) {
            lines.add(("{\"dir\":\"page\",\"kind\":\"" + kind + "\",\"at_ms\":" + at + ",\"data\":{" + fields + "}}")
                    .replace("\n", ""));
        }
    }
}

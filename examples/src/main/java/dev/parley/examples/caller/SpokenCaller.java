package dev.parley.examples.caller;

import dev.parley.OpenAIRealtimeClient;
import dev.parley.local.speech.Synthesizer;
import dev.parley.protocol.AudioEvent;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.Event;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Somebody who calls an agent: says sentences in a synthetic voice over a WebSocket and hears the answers out. For one
 * thread.
 */
public final class SpokenCaller implements AutoCloseable {
    private static final int BYTES_PER_MS = 48;
    /** What is sent in one event, in bytes: 100 ms. */
    private static final int PIECE = 100 * BYTES_PER_MS;
    /** So much silence ends a turn. */
    private static final int SILENCE_MS = 900;

    private static final long PATIENCE_SECONDS = 60;
    private static final Answer HUNG_UP = new Answer("", 0);

    private final OpenAIRealtimeClient line;
    private final Synthesizer voice;
    private final String voiceName;
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final AtomicInteger audioMs = new AtomicInteger();
    private volatile long playsUntil = System.nanoTime();

    /**
     * Calls an agent.
     *
     * @param gateway where its module listens
     * @param agent its name
     * @param voice shared by callers
     * @param voiceName one of OpenAI's, so that callers sound different
     */
    public SpokenCaller(InetSocketAddress gateway, String agent, Synthesizer voice, String voiceName) {
        this.voice = voice;
        this.voiceName = voiceName;
        line = new OpenAIRealtimeClient(
                URI.create("ws://127.0.0.1:" + gateway.getPort() + "/v1/realtime?model=" + agent), null);
        line.on("response.output_audio.delta", this::audio);
        line.on("response.output_audio_transcript.done", this::answered);
        line.closed().thenRun(() -> answers.add(HUNG_UP));
        line.connect().join();
    }

    private void audio(Event event) {
        if (event instanceof AudioEvent audio) {
            int ms = audio.audioBytes() / BYTES_PER_MS;
            audioMs.addAndGet(ms);
            playsUntil = Math.max(System.nanoTime(), playsUntil) + TimeUnit.MILLISECONDS.toNanos(ms);
        }
    }

    private void answered(Event event) {
        if (event instanceof ControlEvent control) {
            Answer answer = new Answer(control.json().path("transcript").asString(), audioMs.getAndSet(0));
            // One that was cut off before its first word is none.
            if (!answer.words().isEmpty()) {
                answers.add(answer);
            }
        }
    }

    /** Sees the events of a type, as a page would. */
    public void watch(String type, Consumer<ObjectNode> watcher) {
        line.on(type, event -> {
            if (event instanceof ControlEvent control) {
                watcher.accept(control.json());
            }
        });
    }

    /** Says something and hears the answer out. */
    public Answer say(String words) throws InterruptedException {
        speak(words);
        return hear();
    }

    /** Says something, whether anybody speaks or not, and does not wait for an answer. */
    public void speak(String words) {
        ByteArrayOutputStream speech = new ByteArrayOutputStream();
        voice.speak(words, voiceName, (samples, offset, length) -> {
            for (int i = offset; i < offset + length; i++) {
                speech.write(samples[i]);
                speech.write(samples[i] >> 8);
            }
            return true;
        });
        speech.writeBytes(new byte[SILENCE_MS * BYTES_PER_MS]);
        byte[] pcm = speech.toByteArray();
        for (int from = 0; from < pcm.length; from += PIECE) {
            line.appendAudio(Arrays.copyOfRange(pcm, from, Math.min(from + PIECE, pcm.length)));
        }
    }

    /** Hears the next answer out. */
    public Answer hear() throws InterruptedException {
        Answer answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (answer == null || answer.equals(HUNG_UP)) {
            throw new IllegalStateException(
                    answer == null
                            ? "nobody answered within " + PATIENCE_SECONDS + " s"
                            : "the other side has hung up");
        }
        TimeUnit.NANOSECONDS.sleep(playsUntil - System.nanoTime());
        return answer;
    }

    /** Waits until the other side has hung up. */
    public void awaitEnd() {
        line.closed().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /** Hangs up. */
    @Override
    public void close() {
        line.close();
    }
}

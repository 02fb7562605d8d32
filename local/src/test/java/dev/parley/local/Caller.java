package dev.parley.local;

import dev.parley.RealtimeSessionConfig;
import dev.parley.audio.Resampler;
import dev.parley.lane.RealTimeLane;
import dev.parley.leg.CloseReason;
import dev.parley.leg.Failure;
import dev.parley.leg.Leg;
import dev.parley.leg.LegListener;
import dev.parley.protocol.AudioEvent;
import dev.parley.protocol.Bytes;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventScanner;
import dev.parley.protocol.Json;
import dev.parley.provider.Start;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/** Somebody who calls the local provider, with a lane on a thread of its own and the real clock. */
final class Caller implements RealTimeLane, LegListener, AutoCloseable {
    /** What came, with the time of {@link System#nanoTime} at which it did. */
    record Said(ObjectNode event, int audioBytes, long nanos) {
        String type() {
            return event.path("type").asString();
        }
    }

    final BlockingQueue<Said> said = new LinkedBlockingQueue<>();
    final CompletableFuture<CloseReason> closed = new CompletableFuture<>();
    final ByteArrayOutputStream answer = new ByteArrayOutputStream();
    private final ScheduledExecutorService thread;
    private final boolean ownThread;
    private final RealtimeSessionConfig config;
    private final Random random = new Random(7);
    private final CompletableFuture<Leg> leg = new CompletableFuture<>();
    private volatile boolean running;

    Caller(LocalProvider provider, RealtimeSessionConfig config) {
        this(
                provider,
                config,
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().factory()),
                true);
    }

    Caller(LocalProvider provider, RealtimeSessionConfig config, ScheduledExecutorService thread, boolean ownThread) {
        this.thread = thread;
        this.ownThread = ownThread;
        this.config = config;
        execute(() -> leg.complete(provider.connect(config, Start.FRESH, this, this)));
    }

    void send(String json) {
        Event event = new EventScanner().scan(Bytes.utf8(json.replace('\'', '"')));
        execute(() -> leg.join().send(event));
    }

    void append(byte[] pcm, int from, int to) {
        byte[] part = java.util.Arrays.copyOfRange(pcm, from, to);
        send("{'type':'input_audio_buffer.append','audio':'"
                + Base64.getEncoder().encodeToString(part) + "'}");
    }

    /** 16-bit little-endian bytes at 24,000 Hz of samples at another rate, with silence before and behind. */
    static byte[] pcm24k(short[] samples, int hertz, int msBefore, int msAfter) {
        Resampler resampler = new Resampler(hertz, 24_000);
        short[] wide = new short[resampler.maxOutput(samples.length)];
        int count = resampler.process(samples, 0, samples.length, wide, 0);
        byte[] pcm = new byte[2 * count + 48 * (msBefore + msAfter)];
        Random noise = new Random(5);
        for (int i = 0; i < pcm.length / 2; i++) {
            int at = i - 24 * msBefore;
            int sample = (at >= 0 && at < count ? wide[at] : 0) + (int) (3 * noise.nextGaussian());
            pcm[2 * i] = (byte) sample;
            pcm[2 * i + 1] = (byte) (sample >> 8);
        }
        return pcm;
    }

    /** Waits for the next event of a type, and passes over all others. */
    Said await(String type) throws InterruptedException {
        List<String> others = new ArrayList<>();
        while (true) {
            Said next = said.poll(60, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("no " + type + " within 60 s, but " + others);
            }
            others.add(next.type());
            if (next.type().equals("error")) {
                throw new AssertionError(next.event().toString());
            }
            if (next.type().equals(type)) {
                return next;
            }
        }
    }

    @Override
    public void opened(Leg opened) {
        config.session().ifPresent(session -> {
            ObjectNode update = Json.object().put("type", "session.update");
            update.set("session", session);
            opened.send(ControlEvent.of(update));
        });
    }

    @Override
    public void event(Leg from, Event event) {
        if (event instanceof AudioEvent audio) {
            answer.writeBytes(audio.audio());
            said.add(new Said(Json.object().put("type", audio.type().name()), audio.audioBytes(), nanoTime()));
        } else if (event instanceof ControlEvent control) {
            said.add(new Said(Json.parse(control.wire()), 0, nanoTime()));
        }
    }

    @Override
    public void batchEnd(Leg from) {}

    @Override
    public void writable(Leg from, boolean now) {}

    @Override
    public void closed(Leg from, CloseReason why) {
        closed.complete(why);
    }

    @Override
    public boolean inLane() {
        return running;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public void execute(Runnable command) {
        thread.execute(() -> inLane(command));
    }

    private void inLane(Runnable command) {
        running = true;
        command.run();
        running = false;
    }

    @Override
    public Runnable schedule(Runnable task, Duration delay) {
        ScheduledFuture<?> later = thread.schedule(() -> inLane(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> later.cancel(false);
    }

    @Override
    public void close() {
        if (closed.isDone()) {
            return;
        }
        execute(() -> leg.join().close(CloseReason.of(Failure.NORMAL, "done")));
        closed.join();
        if (ownThread) {
            thread.shutdown();
        }
    }
}

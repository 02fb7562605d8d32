package dev.parley.benchmarks.load;

import dev.parley.benchmarks.wire.AudioFrames;
import dev.parley.benchmarks.wire.AudioKind;
import dev.parley.benchmarks.wire.AudioScript;
import dev.parley.benchmarks.wire.JsonLines;
import dev.parley.benchmarks.wire.Loop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import org.HdrHistogram.Histogram;

/** The process that plays the clients. */
public final class LoadGenerator {
    /** Nothing comes any more if nothing has come for so long. */
    private static final long SECONDS_TO_DRAIN = 2;

    private final Loop loop = new Loop();
    private final List<Calls> held = new ArrayList<>();

    private LoadGenerator() {}

    /** Takes orders until its input ends. */
    public static void main(String[] args) throws IOException {
        LoadGenerator generator = new LoadGenerator();
        generator.loop.start("load");
        JsonLines.serve(LoadOrder.class, generator::answer);
    }

    private LoadResult answer(LoadOrder order) {
        try {
            return switch (order.kind()) {
                case PACED -> paced(order);
                case FLOOD -> flood(order);
                case OPEN -> open(order);
                case IDLE -> idle(order);
                case SLOW -> slow(order);
                case RELEASE -> release();
            };
        } catch (WorkException e) {
            return LoadResult.failed(String.valueOf(e.getMessage()));
        }
    }

    private LoadResult paced(LoadOrder order) throws WorkException {
        Calls calls = new Calls(loop, order, order.sessions());
        try {
            calls.open();
            Pacer pacer = new Pacer(calls, order, appends(order));
            calls.onAnswers(pacer);
            Thread thread = Thread.ofPlatform().daemon().name("pacer").start(pacer::run);
            sleepUntil(pacer.counted());
            Window window = Window.open(calls, order.pids());
            sleepUntil(pacer.end());
            Window.Counted counted = window.close();
            calls.await(() -> !thread.isAlive(), SECONDS_TO_DRAIN);
            drain(calls);
            // The loop's records are seen after it has done something for this thread.
            calls.onLoop(() -> {});
            return result(calls, counted, micros(pacer.nanos()));
        } finally {
            calls.close();
        }
    }

    private LoadResult flood(LoadOrder order) throws WorkException {
        Calls calls = new Calls(loop, order, order.sessions());
        try {
            calls.open();
            Flood flood = new Flood(loop, calls, order, appends(order));
            calls.onAnswers(flood);
            calls.onLoop(() -> flood.begin(order.inFlight()));
            long now = System.nanoTime();
            sleepUntil(now + order.warmMillis() * 1_000_000L);
            Window window = Window.open(calls, order.pids());
            sleepUntil(now + (order.warmMillis() + order.millis()) * 1_000_000L);
            Window.Counted counted = window.close();
            calls.onLoop(flood::stop);
            drain(calls);
            return result(calls, counted, List.of());
        } finally {
            calls.close();
        }
    }

    private LoadResult open(LoadOrder order) throws WorkException {
        Calls calls = new Calls(loop, order, order.sessions());
        try {
            Window window = Window.open(calls, order.pids());
            calls.open();
            return result(calls, window.close(), List.of());
        } finally {
            calls.close();
        }
    }

    private LoadResult idle(LoadOrder order) throws WorkException {
        Calls calls = new Calls(loop, order, order.sessions());
        held.add(calls);
        calls.open();
        return result(calls, Window.open(calls, List.of()).close(), List.of());
    }

    private LoadResult slow(LoadOrder order) throws WorkException {
        Calls calls = new Calls(loop, order, 1);
        held.add(calls);
        calls.open();
        calls.onLoop(() -> {
            Caller caller = calls.callers().getFirst();
            caller.reading(false);
            caller.send("{\"type\":\"response.create\",\"response\":{\"metadata\":{\"push_events\":\""
                    + order.sessions() + "\"}}}");
        });
        return result(calls, Window.open(calls, List.of()).close(), List.of());
    }

    private LoadResult release() throws WorkException {
        held.forEach(Calls::close);
        held.clear();
        return new LoadResult(null, 0, 0, 0, 0, 0, 0, List.of(), List.of());
    }

    private static AudioFrames appends(LoadOrder order) {
        return new AudioFrames(new AudioScript(AudioKind.APPEND, order.payload()), true);
    }

    /** Waits for the answers that are still on their way; those that do not come are counted as lost. */
    private static void drain(Calls calls) throws WorkException {
        long before;
        do {
            before = calls.received() + calls.altered();
        } while (!calls.await(() -> calls.received() + calls.altered() >= calls.sent(), SECONDS_TO_DRAIN)
                && calls.received() + calls.altered() > before);
        calls.check();
    }

    private static LoadResult result(Calls calls, Window.Counted counted, List<Double> micros) {
        return new LoadResult(
                null,
                calls.sent(),
                calls.received(),
                calls.altered(),
                calls.misplaced(),
                counted.relayed(),
                counted.nanos(),
                counted.cpuNanos(),
                micros);
    }

    private static List<Double> micros(Histogram nanos) {
        return DoubleStream.of(50, 99, 99.9, 100)
                .mapToObj(percentile -> nanos.getValueAtPercentile(percentile) / 1000.0)
                .toList();
    }

    private static void sleepUntil(long nanoTime) throws WorkException {
        try {
            TimeUnit.NANOSECONDS.sleep(nanoTime - System.nanoTime());
        } catch (InterruptedException e) {
            throw new WorkException("interrupted");
        }
    }
}

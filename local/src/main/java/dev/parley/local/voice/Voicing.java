package dev.parley.local.voice;

import dev.parley.local.speech.Synthesizer;
import dev.parley.local.work.Parts;
import dev.parley.local.work.Workers;
import dev.parley.provider.reply.LaneWork;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The speaking of one message: its sentences are synthesised one after the other on the workers, and their audio leaves
 * in deltas of 20 to 100 ms, ahead of its playback by at most the pacer's lead. Used on the lane.
 */
public final class Voicing {
    private static final Logger LOG = LoggerFactory.getLogger(Voicing.class);
    private static final long LEAD = TimeUnit.MILLISECONDS.toNanos(1_500);
    private static final int SAMPLES_PER_MS = Synthesizer.HERTZ / 1_000;
    /** A delta's length in ms; the first ones are shorter, to be heard sooner. */
    private static final int[] DELTA_MS = {20, 40, 60, 80, 100};
    /** With so much audio waiting the next sentence is not yet synthesised. */
    private static final int ENOUGH = 4_000 * SAMPLES_PER_MS;

    private static final int LANE_TASK = 100 * SAMPLES_PER_MS;

    /** Takes what is spoken, on the lane. */
    public interface Sink {
        /** A sentence begins; its audio follows. */
        void sentence(String text);

        /** The next 16-bit little-endian samples at 24,000 Hz. */
        void audio(byte[] pcm);

        /** All that was to be said has left, and {@link #end} was called. */
        void spoken();

        /** The voice failed; nothing follows. */
        void failed();
    }

    /** What waits to leave: samples, or a sentence's text ahead of its samples. */
    private sealed interface Waiting {}

    private record Words(String text) implements Waiting {}

    private static final class Samples implements Waiting {
        private final short[] pcm;

        private Samples(short[] pcm) {
            this.pcm = pcm;
        }
    }

    private final Synthesizer synthesizer;
    private final String voice;
    private final Workers workers;
    private final LaneWork lane;
    private final Sink sink;
    private final Pacer pacer;

    private final Deque<String> sentences = new ArrayDeque<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    /** Samples taken from {@link #waiting} and not yet sent. */
    private short[] open = new short[0];

    private int queued;
    private int deltas;
    private boolean synthesising;
    private boolean ended;
    private boolean paused;
    private volatile boolean over;
    private Runnable timer = () -> {};
    private boolean timed;

    public Voicing(Parts parts, String voice, Workers workers, LaneWork lane, Sink sink) {
        this.synthesizer = parts.synthesizer();
        this.voice = voice;
        this.workers = workers;
        this.lane = lane;
        this.sink = sink;
        this.pacer = new Pacer(LEAD);
    }

    public void say(String sentence) {
        sentences.add(sentence);
        next();
    }

    /** Nothing more will be said. */
    public void end() {
        ended = true;
        pump();
    }

    /** Drops what has not left. */
    public void stop() {
        over = true;
        timer.run();
        sentences.clear();
        waiting.clear();
        open = new short[0];
        queued = 0;
    }

    public void pause(boolean on) {
        paused = on;
        if (!on) {
            pump();
        }
    }

    /** How long what was sent still plays, if it is played as it comes. */
    public Duration ahead() {
        return Duration.ofNanos(pacer.ahead(lane.lane().nanoTime()));
    }

    private void next() {
        if (synthesising || sentences.isEmpty() || queued > ENOUGH || over) {
            return;
        }
        synthesising = true;
        String sentence = sentences.removeFirst();
        waiting.add(new Words(sentence));
        workers.compute(() -> synthesise(sentence));
    }

    /** On a worker. */
    private void synthesise(String sentence) {
        boolean fine = true;
        try {
            if (!over) {
                Gathering gathering = new Gathering();
                synthesizer.speak(sentence.strip(), voice, gathering);
                gathering.deliver();
            }
        } catch (RuntimeException | Error e) {
            LOG.warn("The voice failed: {}", e.getClass().getName());
            fine = false;
        }
        boolean worked = fine;
        lane.post(() -> synthesised(worked));
    }

    /** Hands on what a worker makes in pieces of 100 ms or more, since each is a task on the lane. */
    private final class Gathering implements Synthesizer.Sink {
        private short[] gathered = new short[2 * LANE_TASK];
        private int count;

        @Override
        public boolean pcm(short[] samples, int offset, int length) {
            if (count + length > gathered.length) {
                gathered = Arrays.copyOf(gathered, Math.max(count + length, 2 * gathered.length));
            }
            System.arraycopy(samples, offset, gathered, count, length);
            count += length;
            if (count >= LANE_TASK) {
                deliver();
            }
            return !over;
        }

        void deliver() {
            if (count > 0) {
                short[] copy = Arrays.copyOf(gathered, count);
                count = 0;
                lane.post(() -> arrived(copy));
            }
        }
    }

    private void arrived(short[] samples) {
        if (!over) {
            waiting.add(new Samples(samples));
            queued += samples.length;
            pump();
        }
    }

    private void synthesised(boolean worked) {
        synthesising = false;
        if (over) {
            return;
        }
        if (!worked) {
            stop();
            sink.failed();
            return;
        }
        next();
        pump();
    }

    /** Sends what may be sent now, and comes back for the rest. */
    private void pump() {
        while (!over && !paused && !timed) {
            fill();
            if (over) {
                return;
            }
            int ms = due();
            if (ms == 0) {
                break;
            }
            long now = lane.lane().nanoTime();
            long wait = pacer.waitNanos(now);
            if (wait > 0) {
                timed = true;
                timer = lane.later(this::timerFired, Duration.ofNanos(wait));
                return;
            }
            emit(ms, now);
        }
        if (!over && ended && !synthesising && !timed && sentences.isEmpty() && waiting.isEmpty() && open.length == 0) {
            over = true;
            sink.spoken();
        }
    }

    private void timerFired() {
        timed = false;
        pump();
    }

    /** Opens the next samples, telling sentences on the way; stops once a delta's worth is open. */
    private void fill() {
        int wanted = DELTA_MS[Math.min(deltas, DELTA_MS.length - 1)] * SAMPLES_PER_MS;
        while (!over && open.length < wanted && !waiting.isEmpty()) {
            switch (waiting.peekFirst()) {
                case Words words -> {
                    // What is still open belongs to the sentence before.
                    if (open.length > 0) {
                        return;
                    }
                    if (!(waiting.size() > 1 || !synthesising)) {
                        return;
                    }
                    waiting.removeFirst();
                    sink.sentence(words.text());
                }
                case Samples samples -> {
                    waiting.removeFirst();
                    short[] joined = Arrays.copyOf(open, open.length + samples.pcm.length);
                    System.arraycopy(samples.pcm, 0, joined, open.length, samples.pcm.length);
                    open = joined;
                }
            }
        }
    }

    /** The length of the delta that may leave, in samples; 0: none yet. */
    private int due() {
        int wanted = DELTA_MS[Math.min(deltas, DELTA_MS.length - 1)] * SAMPLES_PER_MS;
        boolean last = !waiting.isEmpty() || !synthesising;
        if (open.length < wanted) {
            return last ? open.length : 0;
        }
        int rest = open.length - wanted;
        // No delta shorter than 20 ms is left behind at a sentence's end.
        return last && rest > 0 && rest < 20 * SAMPLES_PER_MS ? open.length : wanted;
    }

    private void emit(int samples, long now) {
        byte[] pcm = new byte[2 * samples];
        for (int i = 0; i < samples; i++) {
            pcm[2 * i] = (byte) open[i];
            pcm[2 * i + 1] = (byte) (open[i] >> 8);
        }
        open = Arrays.copyOfRange(open, samples, open.length);
        queued -= samples;
        deltas++;
        pacer.sent(samples * 1_000_000L / SAMPLES_PER_MS, now);
        sink.audio(pcm);
        next();
    }
}

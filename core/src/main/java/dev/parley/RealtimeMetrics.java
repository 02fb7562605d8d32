package dev.parley;

import java.util.List;
import java.util.Map;

/**
 * What all sessions of one {@link RealtimeService} have done since it was made, at one moment. Counts never go back
 * between two readings. Nothing here names a client, a session or what was said.
 *
 * @param sessions how many there are and were
 * @param refusals requests that were refused at the door, by the {@code error.code} of the refusal; {@code other} where a
 *     provider chose the code
 * @param toProvider what went to providers
 * @param toClient what went to clients
 * @param clientPauses how often clients were read no more for a while because a provider was slow
 * @param providerPauses how often providers were read no more for a while because a client was slow
 * @param buffers what waits now
 */
public record RealtimeMetrics(
        Sessions sessions,
        Map<String, Long> refusals,
        Direction toProvider,
        Direction toClient,
        Pauses clientPauses,
        Pauses providerPauses,
        Buffers buffers) {
    public RealtimeMetrics {
        refusals = Map.copyOf(refusals);
    }

    /**
     * Counts of sessions.
     *
     * @param live those that are there, being connected or closed included
     * @param begun all that ever began
     * @param ended those that ended, by the code of {@link dev.parley.leg.Failure}, such as {@code normal}; each code is
     *     there
     */
    public record Sessions(long live, long begun, Map<String, Long> ended) {
        public Sessions {
            ended = Map.copyOf(ended);
        }
    }

    /**
     * What went one way.
     *
     * @param events all events, those of Parley's own requests included, its own errors not
     * @param bytes of these events, without frames and envelopes
     * @param audioEvents the events that carry audio
     * @param audioMillis that audio, in ms
     * @param latency how long events were inside Parley
     * @param dropped events that did not go on
     */
    public record Direction(
            long events, long bytes, long audioEvents, long audioMillis, Latency latency, Dropped dropped) {}

    /**
     * How long events were inside Parley: from when the session got them to when the socket had taken them, waiting
     * included. Times are in ns and at most a sixteenth too long.
     *
     * @param events how many were measured
     * @param sum of their times
     * @param p50 the time that half of them did not exceed
     * @param p99 the time that 99 % did not exceed
     * @param p999 the time that 99.9 % did not exceed
     * @param max the longest
     * @param buckets how many took less than so long, in steps of a factor of two
     */
    public record Latency(long events, long sum, long p50, long p99, long p999, long max, List<Bucket> buckets) {
        public Latency {
            buckets = List.copyOf(buckets);
        }
    }

    /**
     * How many events took less than a time.
     *
     * @param below the time, in ns
     * @param events all of them, those of shorter times included
     */
    public record Bucket(long below, long events) {}

    /**
     * Events that did not go on.
     *
     * @param noRoom for which there was no room: the client that sent them was told, or, as their receiver, its session
     *     ended
     * @param interrupted audio that was taken back because the application interrupted the model
     * @param unsent that waited still when their receiver's connection ended
     */
    public record Dropped(long noRoom, long interrupted, long unsent) {}

    /**
     * How often and how long a kind of peer was read no more.
     *
     * @param begun how often
     * @param now how many are paused now
     * @param nanos all pauses that are over, in ns
     */
    public record Pauses(long begun, long now, long nanos) {}

    /**
     * What waits because somebody is slow.
     *
     * @param bytes in all sessions
     * @param limit that they may not exceed together
     */
    public record Buffers(long bytes, long limit) {}
}

package dev.parley.console.admin;

import dev.parley.protocol.Json;
import dev.parley.session.LatencyHistogram;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/**
 * What all sessions together did in one second. Small numbers, since an hour of these is kept.
 *
 * @param at the end of that second, in ms since 1970
 * @param sessions how many there were at its end
 * @param failed those that ended though nobody wanted them to
 * @param addedMicros what Parley added to events, in µs
 * @param waitMillis how long users waited for answers, in ms
 */
record Sample(
        long at,
        int sessions,
        int begun,
        int ended,
        int failed,
        int refused,
        Percentiles addedMicros,
        Percentiles waitMillis,
        int toProviderBytes,
        int toClientBytes,
        int audioInMillis,
        int audioOutMillis,
        int events) {
    /**
     * The times that half, 95 % and 99 % did not exceed; below 0 where nothing was measured.
     *
     * @param n how many were measured
     */
    record Percentiles(int p50, int p95, int p99, int n) {
        private static final Percentiles NONE = new Percentiles(-1, -1, -1, 0);

        /** Of times that are counted, in units of so many ns. */
        static Percentiles of(LatencyHistogram.Counts counts, long unit) {
            return counts.all() == 0
                    ? NONE
                    : new Percentiles(
                            at(counts, 0.5, unit), at(counts, 0.95, unit), at(counts, 0.99, unit), whole(counts.all()));
        }

        private static int at(LatencyHistogram.Counts counts, double part, long unit) {
            return whole(Math.round(counts.quantile(part).orElse(0) / (double) unit));
        }

        private ObjectNode json() {
            ObjectNode json = Json.object();
            Answers.put(json, "p50", known(p50));
            Answers.put(json, "p95", known(p95));
            Answers.put(json, "p99", known(p99));
            return json.put("n", n);
        }

        private static OptionalLong known(int time) {
            return time < 0 ? OptionalLong.empty() : OptionalLong.of(time);
        }
    }

    /** A count as it is kept. */
    static int whole(long count) {
        return Math.clamp(count, 0, Integer.MAX_VALUE);
    }

    ObjectNode json() {
        ObjectNode json = Json.object()
                .put("at", at)
                .put("sessions", sessions)
                .put("begun", begun)
                .put("ended", ended)
                .put("failed", failed)
                .put("refused", refused);
        json.set("added_us", addedMicros.json());
        json.set("voice_to_voice_ms", waitMillis.json());
        return json.put("to_provider_bytes", toProviderBytes)
                .put("to_client_bytes", toClientBytes)
                .put("audio_in_ms", audioInMillis)
                .put("audio_out_ms", audioOutMillis)
                .put("events", events);
    }
}

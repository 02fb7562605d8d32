package dev.parley.testkit;

import dev.parley.RealtimeAudioFormat;
import dev.parley.RealtimeSessionConfig;
import dev.parley.lane.Lane;
import dev.parley.leg.Leg;
import dev.parley.leg.LegListener;
import dev.parley.provider.Capabilities;
import dev.parley.provider.RealtimeProvider;
import dev.parley.provider.Start;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A provider whose legs are in the hands of a test. It takes whatever OpenAI takes. */
public final class MemoryProvider implements RealtimeProvider {
    private static final Set<RealtimeAudioFormat> FORMATS =
            Set.of(RealtimeAudioFormat.PCM_24K, RealtimeAudioFormat.PCMU, RealtimeAudioFormat.PCMA);

    private final String name;
    private final Duration closing;
    private final boolean answersOnDemand;
    private final List<MemoryLeg> legs = new CopyOnWriteArrayList<>();

    /**
     * A provider with a name.
     *
     * @param closing how long its legs take to answer a close
     */
    public MemoryProvider(String name, Duration closing) {
        this(name, closing, true);
    }

    private MemoryProvider(String name, Duration closing, boolean answersOnDemand) {
        this.name = name;
        this.closing = closing;
        this.answersOnDemand = answersOnDemand;
    }

    /** One that answers each turn and cannot be told to wait. */
    public static MemoryProvider answeringAtOnce(String name) {
        return new MemoryProvider(name, Duration.ZERO, false);
    }

    /** The legs that sessions have asked for, in order; each is to be opened or ended by the test. */
    public List<MemoryLeg> legs() {
        return legs;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String defaultModel() {
        return "memory";
    }

    @Override
    public Capabilities capabilities(String model) {
        return new Capabilities(
                true,
                true,
                answersOnDemand,
                Set.of("audio", "text"),
                FORMATS,
                FORMATS,
                Set.of("marin"),
                Set.of("server_vad", "none"),
                Optional.of("memory-transcribe"),
                true,
                true,
                true,
                true,
                false,
                false,
                Optional.empty(),
                Capabilities.Billing.FREE);
    }

    @Override
    public Leg connect(RealtimeSessionConfig config, Start start, Lane lane, LegListener listener) {
        MemoryLeg leg = new MemoryLeg(lane, closing).link(listener);
        legs.add(leg);
        return leg;
    }
}

package dev.parley;

import dev.parley.lane.Lane;
import dev.parley.leg.Leg;
import dev.parley.leg.LegListener;
import dev.parley.provider.Capabilities;
import dev.parley.provider.RealtimeProvider;
import dev.parley.provider.Start;
import java.util.Optional;
import java.util.Set;

/**
 * Stands for a provider that lacks a setting, so that a client which asks for it is told so as of any other failure.
 */
final class UnavailableProvider implements RealtimeProvider {
    private final String name;
    private final String reason;

    UnavailableProvider(String name, String reason) {
        this.name = name;
        this.reason = reason;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String defaultModel() {
        return "";
    }

    @Override
    public Capabilities capabilities(String model) {
        return new Capabilities(
                true,
                true,
                true,
                Set.of(),
                RealtimeAudioFormat.PLAIN,
                RealtimeAudioFormat.PLAIN,
                Set.of(),
                Set.of(),
                Optional.empty(),
                false,
                false,
                false,
                false,
                false,
                false,
                Optional.empty(),
                Capabilities.Billing.FREE);
    }

    @Override
    public Leg connect(RealtimeSessionConfig config, Start start, Lane lane, LegListener listener) {
        throw new RealtimeException.InvalidConfig(reason);
    }
}

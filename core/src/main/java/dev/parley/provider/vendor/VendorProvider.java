package dev.parley.provider.vendor;

import dev.parley.RealtimeException;
import dev.parley.RealtimeSessionConfig;
import dev.parley.dialect.Dialect;
import dev.parley.lane.Lane;
import dev.parley.leg.Leg;
import dev.parley.leg.LegListener;
import dev.parley.protocol.Ids;
import dev.parley.provider.Calls;
import dev.parley.provider.Capabilities;
import dev.parley.provider.RealtimeProvider;
import dev.parley.provider.Start;
import dev.parley.provider.vendor.Vendor.CallForm;
import dev.parley.provider.vendor.Vendor.Model.Intent;
import dev.parley.provider.vendor.Vendor.Model.Put;
import dev.parley.session.SessionLimits;
import dev.parley.transport.Connector;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A provider that speaks OpenAI Realtime in the form that its {@link Vendor} writes. The key goes into a header and
 * nowhere else.
 */
final class VendorProvider implements RealtimeProvider {
    /** The session gives up earlier, as its limits say. */
    private static final Duration HANDSHAKE = SessionLimits.LONGEST_DIAL.plusSeconds(1);
    /** Events of the provider may be large: a retrieved item carries its whole audio. */
    private static final int MAX_MESSAGE = 64 << 20;

    private final Account account;
    private final Vendor vendor;
    private final Connector connector;

    VendorProvider(Account account, Connector connector) {
        this.account = account;
        this.vendor = account.vendor();
        this.connector = connector;
    }

    @Override
    public String name() {
        return account.name();
    }

    @Override
    public String defaultModel() {
        return account.model();
    }

    @Override
    public List<String> models() {
        return Stream.concat(Stream.of(account.model()), vendor.model().names().stream())
                .filter(model -> !model.isEmpty())
                .distinct()
                .toList();
    }

    @Override
    public Capabilities capabilities(String model) {
        return vendor.capabilities();
    }

    @Override
    public Leg connect(RealtimeSessionConfig config, Start start, Lane lane, LegListener listener) {
        Dialect dialect = account.form().ofProvider();
        String model = config.model().orElse(account.model());
        if (!(start instanceof Start.Join) && vendor.model().put() == Put.IN_SESSION && !model.isEmpty()) {
            dialect = new ModelFirst(dialect, model);
        }
        Connector.Dial dial =
                new Connector.Dial(uri(config, start, lane), account.headers(), HANDSHAKE, MAX_MESSAGE, account.idle());
        return connector.connect(dial, dialect, lane, listener);
    }

    private URI uri(RealtimeSessionConfig config, Start start, Lane lane) {
        if (start instanceof Start.Join join) {
            return account.base().socket(vendor.place().root(), Map.of("call_id", join.callId()));
        }
        Map<String, String> query = new LinkedHashMap<>();
        vendor.place()
                .query()
                .forEach((name, value) -> query.put(
                        name, value.equals(Vendor.Place.SESSION_ID) ? Ids.next("session", lane.random()) : value));
        boolean transcribes = config.transcription() && vendor.model().intent() != Intent.UNKNOWN;
        if (!transcribes || vendor.model().intent() == Intent.WITH_MODEL) {
            model(config).ifPresent(model -> query.put("model", model));
        }
        if (transcribes) {
            query.put("intent", "transcription");
        }
        return account.base().socket(vendor.place().socket(), query);
    }

    /** The model for the URL. */
    private Optional<String> model(RealtimeSessionConfig config) {
        String model = config.model().orElse(account.model());
        if (vendor.model().put() == Put.IN_SESSION) {
            return Optional.empty();
        }
        if (model.isEmpty() && !vendor.model().variable().isEmpty()) {
            throw new RealtimeException.InvalidConfig("the session names no model; name one, or set "
                    + vendor.model().variable() + " to the deployment that sessions of the provider '"
                    + account.name() + "' get");
        }
        return Optional.of(model).filter(name -> !name.isEmpty());
    }

    @Override
    public Optional<Calls> calls() {
        return vendor.calls() == CallForm.NONE ? Optional.empty() : Optional.of(new HttpCalls(account, connector));
    }
}

package dev.parley.session;

import dev.parley.RealtimeSession;
import dev.parley.RealtimeSessionConfig;
import dev.parley.lane.Lane;
import dev.parley.leg.BufferBudget;
import dev.parley.leg.CloseReason;
import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.Event;
import dev.parley.protocol.ItemKey;
import dev.parley.provider.Capabilities;
import org.jspecify.annotations.Nullable;

/** The floor of a session's participant. */
record SessionFloor(LiveSession live) implements Floor {
    @Override
    public RealtimeSession session() {
        return live.handle();
    }

    @Override
    public RealtimeSessionConfig config() {
        return live.terms().config();
    }

    @Override
    public Capabilities provider() {
        return live.provider();
    }

    @Override
    public Lane lane() {
        return live.lane();
    }

    @Override
    public void toProvider(Event event) {
        live.toProvider(event);
    }

    @Override
    public void toClient(Event event) {
        live.toClient(event);
    }

    @Override
    public void tellClient(ErrorDetail error, @Nullable String cause) {
        live.tellClient(error, cause);
    }

    @Override
    public long dropUnsent(ItemKey item) {
        return live.dropUnsent(item);
    }

    @Override
    public BufferBudget.Account room() {
        return live.room();
    }

    @Override
    public boolean ending() {
        return live.ending();
    }

    @Override
    public void end(CloseReason why) {
        live.endNow(why);
    }

    @Override
    public void post(Runnable task) {
        live.post(task);
    }
}

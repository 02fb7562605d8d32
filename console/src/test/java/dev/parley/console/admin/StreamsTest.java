package dev.parley.console.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.RealtimeModule;
import dev.parley.RealtimeModuleOptions;
import dev.parley.RealtimeSessionConfig;
import dev.parley.agent.Relay;
import dev.parley.leg.BufferBudget;
import dev.parley.leg.CloseReason;
import dev.parley.protocol.Bytes;
import dev.parley.session.GatewayMeter;
import dev.parley.session.LiveSession;
import dev.parley.session.SessionLimits;
import dev.parley.session.SessionListener;
import dev.parley.session.SessionTerms;
import dev.parley.testkit.MemoryLeg;
import dev.parley.testkit.MemoryProvider;
import dev.parley.testkit.VirtualLane;
import dev.parley.transport.HttpResponse;
import dev.parley.watch.ObservedSession;
import dev.parley.watch.Watch;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What streams share, and how they end with the API. */
class StreamsTest implements SessionListener {
    private final RealtimeModule module = RealtimeModule.forRoot(
            RealtimeModuleOptions.builder().environment(Map.of()).build());
    private final Watch watch = new Watch(new GatewayMeter(new BufferBudget(64 << 20)));
    private final Rates rates = new Rates();
    private final History history = new History(module.service(), watch, rates);
    private final Streams streams = new Streams(history, new SessionList(watch, rates));

    @Override
    public void began(LiveSession session) {}

    @Override
    public void ended(LiveSession session, CloseReason why) {}

    @AfterEach
    void close() {
        history.close();
        streams.close();
        module.close();
    }

    /** A reader on a thread of its own. */
    private static final class Reader {
        private final BlockingQueue<Bytes> parts = new LinkedBlockingQueue<>();
        private final Thread thread;

        Reader(HttpResponse answer) {
            thread = Thread.ofVirtual().start(() -> {
                try {
                    answer.stream().orElseThrow().write(parts::add);
                } catch (Exception e) {
                    parts.add(Bytes.utf8("failed: " + e));
                }
            });
        }

        Bytes next() throws InterruptedException {
            Bytes part = parts.poll(20, TimeUnit.SECONDS);
            assertThat(part).isNotNull();
            return part;
        }

        boolean over() throws InterruptedException {
            return thread.join(Duration.ofSeconds(20)) && parts.isEmpty();
        }
    }

    @Test
    void allStreamsShareWhatIsToldOfASecond() throws Exception {
        Reader one = new Reader(streams.all());
        Reader other = new Reader(streams.all());
        history.sample(1_000);
        Bytes told = one.next();
        assertThat(told).isSameAs(other.next());
        assertThat(told.text(0, told.length()))
                .startsWith("event: sample\ndata: {")
                .contains("\n\nevent: sessions\n");
        history.close();
        assertThat(one.over()).isTrue();
        assertThat(other.over()).isTrue();
    }

    @Test
    void aStreamOfASessionEndsWithTheApi() throws Exception {
        VirtualLane lane = new VirtualLane(3);
        MemoryLeg client = new MemoryLeg(lane, Duration.ZERO);
        GatewayMeter meter = new GatewayMeter(new BufferBudget(64 << 20));
        SessionTerms terms = SessionTerms.of("client", RealtimeSessionConfig.EMPTY, SessionLimits.DEFAULT, Relay::new);
        LiveSession begun = LiveSession.begin(
                watch.observed(terms), client, new MemoryProvider("memory", Duration.ZERO), lane, meter, this);
        client.link(begun.clientLink());
        ObservedSession session = watch.session(begun.id()).orElseThrow();
        Reader reader = new Reader(streams.one(session));
        Bytes first = reader.next();
        assertThat(first.text(0, first.length())).startsWith("event: session\n");
        streams.close();
        assertThat(reader.over()).isTrue();
    }
}

package dev.parley.testkit.simulation;

import dev.parley.RealtimeSessionConfig;
import dev.parley.VoiceAgent;
import dev.parley.agent.AgentSession;
import dev.parley.agent.Relay;
import dev.parley.leg.BufferBudget;
import dev.parley.leg.CloseReason;
import dev.parley.leg.Failure;
import dev.parley.protocol.Bytes;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventScanner;
import dev.parley.protocol.MalformedEvent;
import dev.parley.session.GatewayMeter;
import dev.parley.session.LiveSession;
import dev.parley.session.SessionLimits;
import dev.parley.session.SessionListener;
import dev.parley.session.SessionTerms;
import dev.parley.testkit.MemoryLeg;
import dev.parley.testkit.MemoryProvider;
import dev.parley.testkit.VirtualLane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One whole session of a random client and a random provider in virtual time, with delays, losses, slowness and bad
 * messages; the same again for the same seed. What must hold is checked on the way and at the end.
 */
final class Simulation {
    private static final int BUDGET = 20_000;
    private static final VoiceAgent AGENT = VoiceAgent.builder().build();

    private final SplittableRandom dice;
    private final VirtualLane lane;
    private final BufferBudget budget = new BufferBudget(BUDGET);
    private final GatewayMeter meter = new GatewayMeter(budget);
    private final SessionLimits limits;
    private final MemoryLeg client;
    private final MemoryProvider provider;
    private final LiveSession session;
    private final EventScanner scanner = new EventScanner();
    private final List<String> fromClient = new ArrayList<>();
    private final List<String> fromProvider = new ArrayList<>();
    private final List<String> story = new ArrayList<>();
    private int began;
    private int ended;
    private boolean interrupted;

    Simulation(long seed) {
        dice = new SplittableRandom(seed);
        lane = new VirtualLane(seed);
        int highWater = 500 + dice.nextInt(3_000);
        SessionLimits.Builder builder = SessionLimits.builder()
                .dialBuffer(500 + dice.nextInt(4_000))
                .highWater(highWater)
                .outbox(highWater + 1_500 + dice.nextInt(20_000))
                .maxAudio(600);
        if (dice.nextInt(4) == 0) {
            builder.longest(Duration.ofMillis(1 + dice.nextInt(20_000)));
        }
        limits = builder.build();
        provider = new MemoryProvider("memory", Duration.ofMillis(dice.nextInt(2_000)));
        client = new MemoryLeg(lane, Duration.ofMillis(dice.nextInt(2_000)));
        RealtimeSessionConfig config = dice.nextBoolean()
                ? RealtimeSessionConfig.EMPTY
                : RealtimeSessionConfig.builder().instructions("Be brief.").build();
        session = LiveSession.begin(
                SessionTerms.of("client", config, limits, dice.nextBoolean() ? Relay::new : AgentSession.of(AGENT)),
                client,
                provider,
                lane,
                meter,
                new Ears());
        client.link(session.clientLink());
    }

    void run() {
        MemoryLeg leg = provider.legs().getFirst();
        dial(leg);
        int steps = 10 + dice.nextInt(60);
        for (int i = 0; i < steps; i++) {
            step(leg);
            lane.run();
            checkBounds();
        }
        if (dice.nextInt(3) > 0) {
            story.add("client vanishes");
            client.end(CloseReason.of(Failure.CLIENT_LOST, "gone"));
        } else {
            story.add("application ends it");
            session.handle().disconnect();
        }
        lane.advance(Duration.ofMinutes(2));
        checkEnd(leg);
    }

    private void dial(MemoryLeg leg) {
        Duration delay = Duration.ofMillis(dice.nextInt(12_000));
        switch (dice.nextInt(6)) {
            case 0 -> lane.schedule(() -> leg.end(CloseReason.of(Failure.PROVIDER_REFUSED, "HTTP 401")), delay);
            case 1 -> story.add("provider never answers");
            default -> lane.schedule(leg::open, delay.dividedBy(1 + dice.nextInt(20)));
        }
    }

    private void step(MemoryLeg leg) {
        switch (dice.nextInt(17)) {
            case 0, 1, 2 -> clientSends();
            case 3, 4, 5 -> providerSends(leg);
            case 6 -> {
                boolean now = dice.nextBoolean();
                story.add("client writable " + now);
                client.writable(now);
            }
            case 7 -> {
                boolean now = dice.nextBoolean();
                story.add("provider writable " + now);
                leg.writable(now);
            }
            case 8, 9, 10 -> lane.advance(Duration.ofMillis(dice.nextInt(1_500)));
            case 11 -> client.arrive(scan("{\"type\":\"input_audio_buffer.append\",\"audio\":\"AAAA"));
            case 12 -> {
                session.handle().interrupt();
                interrupted = true;
            }
            case 13 -> session.handle().sendText("hello");
            case 14 -> rarely(leg);
            case 15 -> {
                (dice.nextBoolean() ? client : leg).take(1);
                lane.advance(Duration.ofMillis(dice.nextInt(8_000)));
            }
            default -> leg.arrive(scan("nonsense"));
        }
    }

    private void rarely(MemoryLeg leg) {
        int what = dice.nextInt(10);
        story.add("rarely " + what);
        switch (what) {
            case 0 -> client.end(CloseReason.of(Failure.CLIENT_LOST, "gone"));
            case 1 -> leg.end(new CloseReason(Failure.PROVIDER_CLOSED, 4000 + dice.nextInt(10), "enough"));
            case 2 -> leg.end(CloseReason.of(Failure.PROVIDER_LOST, "broken"));
            case 3 -> session.end(CloseReason.of(Failure.STOPPING, "the gateway is stopping"));
            case 4 -> lane.advance(Duration.ofSeconds(40));
            case 5 -> stopsForAMinute(client);
            case 6 -> stopsForAMinute(leg);
            default -> lane.advance(Duration.ofSeconds(5));
        }
    }

    /** Reads again afterwards, in small bites at first or at one go. */
    private void stopsForAMinute(MemoryLeg peer) {
        peer.writable(false);
        lane.advance(Duration.ofSeconds(dice.nextInt(70)));
        for (int bites = dice.nextInt(4); bites > 0; bites--) {
            peer.take(1);
            lane.advance(Duration.ofSeconds(dice.nextInt(35)));
        }
        peer.writable(true);
    }

    private void clientSends() {
        int many = 1 + dice.nextInt(4);
        for (int i = 0; i < many; i++) {
            String id = "c" + fromClient.size();
            fromClient.add(id);
            story.add(id);
            client.arrive(scan(
                    dice.nextBoolean()
                            ? "{\"event_id\":\"" + id + "\",\"type\":\"input_audio_buffer.append\",\"audio\":\""
                                    + "QUJD".repeat(dice.nextInt(150)) + "\"}"
                            : "{\"type\":\"future.event\",\"event_id\":\"" + id + "\",\"x\":{\"y\":[1,2]}}"));
        }
    }

    private void providerSends(MemoryLeg leg) {
        int many = 1 + dice.nextInt(6);
        for (int i = 0; i < many && leg.reading(); i++) {
            String id = "p" + fromProvider.size();
            fromProvider.add(id);
            story.add(id);
            leg.arrive(scan(
                    dice.nextBoolean()
                            ? "{\"type\":\"response.output_audio.delta\",\"item_id\":\"item_" + dice.nextInt(3)
                                    + "\",\"content_index\":0,\"event_id\":\"" + id + "\",\"delta\":\""
                                    + "QUJD".repeat(dice.nextInt(300)) + "\"}"
                            : "{\"type\":\"rate_limits.updated\",\"event_id\":\"" + id + "\"}"));
        }
    }

    private Event scan(String json) {
        return scanner.scan(Bytes.utf8(json));
    }

    private void checkBounds() {
        // The session's own first update goes out whatever else waits.
        check(budget.used() >= 0 && budget.used() <= BUDGET + 1_000, "the budget holds " + budget.used());
    }

    private void checkEnd(MemoryLeg leg) {
        check(client.over(), "the client's leg is open");
        check(leg.over(), "the provider's leg is open");
        check(ended == 1, "the end was told " + ended + " times");
        check(began <= 1, "the beginning was told " + began + " times");
        check(budget.used() == 0, budget.used() + " bytes are still taken");
        check(lane.waiting() == 0, lane.waiting() + " timers are left");
        List<String> up = ids(leg.sent(), "c");
        List<String> down = ids(client.sent(), "p");
        check(inOrder(up), "to the provider out of order or doubled: " + up);
        check(inOrder(down), "to the client out of order or doubled: " + down);
        checkLosses(leg, up, down);
    }

    /** Nothing between the first and the last that arrived may be missing, unless somebody was told why. */
    private void checkLosses(MemoryLeg leg, List<String> up, List<String> down) {
        boolean overflowTold = client.sent().stream().anyMatch(e -> text(e).contains("input_buffer_full"))
                || !client.writable()
                || meter.read().toClient().dropped().unsent() > 0
                || client.closeReason()
                        .map(why -> why.failure() == Failure.CLIENT_TOO_SLOW)
                        .orElse(false);
        if (!overflowTold && !up.isEmpty()) {
            check(up.equals(fromClient.subList(0, up.size())), "lost on the way to the provider: " + up);
        }
        if (!interrupted && !down.isEmpty()) {
            check(down.equals(fromProvider.subList(0, down.size())), "lost on the way to the client: " + down);
        }
        check(leg.sent().stream().noneMatch(e -> e instanceof MalformedEvent), "something malformed was passed on");
    }

    private static List<String> ids(List<Event> events, String prefix) {
        return events.stream()
                .map(e -> String.valueOf(e.eventId()))
                .filter(id -> id.startsWith(prefix))
                .toList();
    }

    private static boolean inOrder(List<String> ids) {
        int before = -1;
        for (String id : ids) {
            int now = Integer.parseInt(id.substring(1));
            if (now <= before) {
                return false;
            }
            before = now;
        }
        return true;
    }

    private static String text(Event event) {
        return event.wire().text(0, event.wire().length());
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise + "; " + limits + " closed " + client.closeReason() + "; story: " + story
                    + "; client saw "
                    + client.sent().stream()
                            .map(Simulation::text)
                            .map(t -> t.substring(0, Math.min(90, t.length())))
                            .toList());
        }
    }

    private final class Ears implements SessionListener {
        @Override
        public void began(LiveSession which) {
            began++;
        }

        @Override
        public void ended(LiveSession which, CloseReason why) {
            ended++;
        }
    }
}

package dev.parley.testkit.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.leg.CloseReason;
import dev.parley.leg.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Whole sessions with Gemini by chance, in virtual time: whatever client and server do, events come in OpenAI's order, Gemini
 * gets nothing that it does not take, every response ends, and no connection is left.
 */
class GeminiSimulationTest {
    private static final int SESSIONS = 1_500;
    private static final int STEPS = 60;
    private static final List<String> MODELS = List.of(GeminiRig.LIVE_38, GeminiRig.NATIVE_25, GeminiRig.LIVE_31);

    @Test
    void holdsWhateverHappens() {
        for (int seed = 0; seed < SESSIONS; seed++) {
            Session session = new Session(seed);
            try {
                session.play();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("session " + seed + ": " + e.getMessage() + "; " + session.told, e);
            }
        }
    }

    /** One session, the same for the same seed. */
    private static final class Session {
        private final Random random;
        private final GeminiRig rig;
        private final List<GeminiRig.Line> open = new ArrayList<>();
        private final List<GeminiRig.Line> ready = new ArrayList<>();
        private int calls;
        /** What was done, so that a failure can be understood. */
        private final List<String> told = new ArrayList<>();

        Session(int seed) {
            random = new Random(seed);
            rig = GeminiRig.opened(MODELS.get(random.nextInt(MODELS.size())));
            open.add(rig.line());
        }

        void play() {
            for (int i = 0; i < STEPS && rig.closed() == null; i++) {
                connect();
                if (random.nextBoolean()) {
                    client();
                } else {
                    gemini();
                }
                rig.advance(random.nextInt(4) == 0 ? random.nextInt(12_000) : random.nextInt(60));
                told.add(rig.lines.stream()
                                .map(line -> line.leg.sent().size()
                                        + (line.leg.over() ? "x" : ready.contains(line) ? "r" : ""))
                                .toList()
                        + " " + rig.fresh());
                rig.lines.forEach(GeminiRig.Line::sent);
                assertThat(rig.order.faults()).isEmpty();
            }
            rest();
            rig.close();
            rig.lane.advance(Duration.ofMinutes(3));
            assertThat(rig.closed()).isNotNull();
            assertThat(rig.lines).allMatch(line -> line.leg.over());
            long begun = rig.all("response.created").size();
            long done = rig.all("response.done").size();
            assertThat(begun - done).isBetween(0L, 1L);
            assertThat(rig.errors()).doesNotContain("internal_error");
        }

        /** Nobody says anything any more: whatever was asked is answered, or given up. */
        private void rest() {
            for (int i = 0; i < 30 && rig.closed() == null; i++) {
                for (GeminiRig.Line line : List.copyOf(rig.lines)) {
                    if (!line.leg.over() && !open.contains(line)) {
                        line.leg.open();
                        open.add(line);
                    } else if (!line.leg.over()
                            && !ready.contains(line)
                            && !line.sent("setup").isEmpty()) {
                        ready.add(line);
                        line.raw("{\"setupComplete\":{}}");
                    }
                }
                rig.advance(4_000);
            }
            if (rig.closed() == null && calls == 0) {
                assertThat(rig.all("response.done")).hasSameSizeAs(rig.all("response.created"));
            }
        }

        /** Connections come about, and now and then do not. */
        private void connect() {
            for (GeminiRig.Line line : List.copyOf(rig.lines)) {
                if (line.leg.over() || ready.contains(line)) {
                    continue;
                }
                if (!open.contains(line) && random.nextInt(3) > 0) {
                    if (random.nextInt(8) == 0) {
                        line.leg.end(CloseReason.of(Failure.PROVIDER_UNREACHABLE, "nobody is there"));
                    } else {
                        line.leg.open();
                        open.add(line);
                    }
                    rig.lane.run();
                } else if (!line.sent("setup").isEmpty() && random.nextInt(3) > 0) {
                    if (random.nextInt(10) == 0) {
                        line.close(1007, "Request contains an invalid argument.");
                    } else {
                        ready.add(line);
                        line.raw("{\"setupComplete\":{}}");
                    }
                }
            }
        }

        private void client() {
            switch (random.nextInt(14)) {
                case 0, 1, 2 -> rig.audio(20 * (1 + random.nextInt(15)));
                case 3 -> rig.text("words " + random.nextInt(100));
                case 4, 5 -> rig.respond();
                case 6 -> rig.client("{'type':'response.cancel'}");
                case 7 -> rig.client("{'type':'input_audio_buffer.commit'}");
                case 8 -> rig.client("{'type':'input_audio_buffer.clear'}");
                case 9 -> truncate();
                case 10 ->
                    rig.client("{'type':'session.update','session':{'type':'realtime','instructions':'Be "
                            + random.nextInt(3) + "'}}");
                case 11 ->
                    rig.client("{'type':'session.update','session':{'type':'realtime','audio':{'input':{"
                            + "'turn_detection':" + (random.nextBoolean() ? "null" : "{'type':'server_vad'}") + "}}}}");
                case 12 -> results();
                default -> rig.client(random.nextBoolean() ? "{'type':'conversation.item.create'}" : "{'type':7}");
            }
        }

        private void truncate() {
            List<JsonNode> said = rig.all("conversation.item.added").stream()
                    .map(event -> event.path("item"))
                    .filter(item -> item.path("role").asString("").equals("assistant"))
                    .toList();
            if (!said.isEmpty()) {
                rig.client("{'type':'conversation.item.truncate','content_index':0,'audio_end_ms':" + random.nextInt(40)
                        + ",'item_id':'" + said.getLast().path("id").asString("") + "'}");
            }
        }

        private void results() {
            rig.all("response.output_item.done").stream()
                    .map(event -> event.path("item"))
                    .filter(item -> item.path("type").asString("").equals("function_call"))
                    .skip(random.nextInt(2))
                    .forEach(call -> rig.result(call, random.nextBoolean() ? "done" : "{\"on\":true}"));
        }

        private void gemini() {
            List<GeminiRig.Line> there =
                    ready.stream().filter(line -> !line.leg.over()).toList();
            if (there.isEmpty()) {
                return;
            }
            GeminiRig.Line line = there.getLast();
            ModelMessage message = new ModelMessage();
            switch (random.nextInt(16)) {
                case 0, 1 -> line.tell(message.audio(new byte[960]));
                case 2, 3 -> line.tell(message.transcript(" word"));
                case 4, 5 -> line.tell(message.heard(" what"));
                case 6 -> line.tell(message.heardAll());
                case 7 -> line.tell(message.generationComplete());
                case 8, 9 -> line.tell(message.turnComplete());
                case 10 -> line.tell(message.interrupted());
                case 11 -> line.tell(message.call("call-" + calls++, "light", null));
                case 12 ->
                    line.tell(message.audio(new byte[48])
                            .transcript(" all")
                            .generationComplete()
                            .turnComplete()
                            .usage(3, 1, 2));
                case 13 -> line.handle("handle-" + random.nextInt(1_000));
                case 14 -> line.tell(message.goAway(Duration.ofSeconds(random.nextInt(60))));
                default -> {
                    if (random.nextInt(3) == 0) {
                        line.close(random.nextBoolean() ? 1011 : 1007, "Internal error");
                    } else {
                        line.raw("{\"serverContent\":{\"turnComplete\":\"x\",\"modelTurn\":[]},\"news\":1}");
                    }
                }
            }
        }
    }
}

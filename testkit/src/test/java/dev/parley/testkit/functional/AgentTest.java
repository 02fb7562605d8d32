package dev.parley.testkit.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.OnConnect;
import dev.parley.OnDisconnect;
import dev.parley.OnMessage;
import dev.parley.Realtime;
import dev.parley.RealtimeModuleOptions;
import dev.parley.RealtimeSession;
import dev.parley.Subscribe;
import dev.parley.Turn;
import dev.parley.VoiceAgent;
import dev.parley.event.ClientEvent;
import dev.parley.event.ResponseEvent;
import dev.parley.leg.CloseReason;
import dev.parley.leg.Failure;
import dev.parley.protocol.Json;
import dev.parley.testkit.Caller;
import dev.parley.testkit.FakeConnection;
import dev.parley.testkit.Script;
import dev.parley.tool.RealtimeTool;
import dev.parley.tool.ToolSpec;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Voice agents at work behind real sockets. */
class AgentTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @Realtime(path = "/desk", instructions = "Be brief.")
    static final class Desk {
        final BlockingQueue<String> told = new LinkedBlockingQueue<>();
        final BlockingQueue<RealtimeSession> sessions = new LinkedBlockingQueue<>();

        @OnConnect
        void connected(RealtimeSession session) {
            sessions.add(session);
        }

        @OnMessage
        void message(ClientEvent event) {
            told.add("client " + event.type());
        }

        @Subscribe("response.done")
        void done(ResponseEvent.Done event, RealtimeSession session) {
            told.add("done " + event.response().id() + " " + session.clientId().startsWith("client_"));
        }

        @OnDisconnect
        void gone(CloseReason why) {
            told.add("gone " + why.failure());
        }
    }

    private static RealtimeModuleOptions.Builder with(RealtimeModuleOptions.Builder options, Object agent) {
        return options.agent(agent);
    }

    @Test
    void callsTheMethodsOfAnAgentAndStartsItsSessionsAsItSays() throws Exception {
        Desk desk = new Desk();
        try (Gateway gateway = Gateway.before(Script.accept(), options -> with(options, desk))) {
            FakeConnection provider;
            try (Caller caller = Caller.connect(gateway.uri("/desk"))) {
                provider = gateway.provider.next(SOON);
                assertThat(provider.receive()).contains("\"instructions\":\"Be brief.\"");
                caller.send("{\"type\":\"input_audio_buffer.commit\"}");
                assertThat(provider.receive()).isEqualTo("{\"type\":\"input_audio_buffer.commit\"}");
                assertThat(desk.told.poll(10, TimeUnit.SECONDS)).isEqualTo("client input_audio_buffer.commit");
                provider.send("{\"type\":\"response.done\",\"event_id\":\"e\",\"response\":{\"id\":\"r1\",\"object\":"
                        + "\"realtime.response\",\"status\":\"completed\",\"output\":[]}}");
                assertThat(caller.next("response.done")
                                .path("response")
                                .path("id")
                                .asString())
                        .isEqualTo("r1");
                assertThat(desk.told.poll(10, TimeUnit.SECONDS)).isEqualTo("done r1 true");
            }
            assertThat(desk.told.poll(10, TimeUnit.SECONDS)).isEqualTo("gone " + Failure.NORMAL);
            Awaitility.await().until(() -> gateway.provider.open() == 0);
        }
    }

    @Test
    void isFoundByItsNameAsTheModel() throws Exception {
        try (Gateway gateway = Gateway.before(Script.accept(), options -> with(options, new Desk()));
                Caller caller = Caller.connect(gateway.uri("/v1/realtime?model=desk"))) {
            FakeConnection provider = gateway.provider.next(SOON);
            assertThat(provider.target()).doesNotContain("desk");
            assertThat(provider.receive()).contains("\"instructions\":\"Be brief.\"");
            provider.send("{\"type\":\"session.created\",\"event_id\":\"e\",\"session\":{}}");
            assertThat(caller.nextRaw().path("type").asString()).isEqualTo("session.created");
        }
    }

    @Realtime(path = "/slow")
    static final class Slow {
        private final Set<Object> objects;
        private final CountDownLatch blocked;

        Slow(Set<Object> objects, CountDownLatch blocked) {
            this.objects = objects;
            this.blocked = blocked;
        }

        @OnConnect
        void connected() throws InterruptedException {
            objects.add(this);
            blocked.await();
        }
    }

    /** Each session has an object of its own, whose code runs in order, and may block for as long as it likes. */
    @Test
    void givesEachSessionAnObjectOfItsOwnAndIsNotHeldUpByIt() throws Exception {
        Set<Object> objects = ConcurrentHashMap.newKeySet();
        CountDownLatch blocked = new CountDownLatch(1);
        VoiceAgent agent = VoiceAgent.of(Slow.class, () -> new Slow(objects, blocked));
        try (Gateway gateway = Gateway.before(Script.accept(), options -> options.agent(agent));
                Caller first = Caller.connect(gateway.uri("/slow"));
                Caller second = Caller.connect(gateway.uri("/slow"))) {
            FakeConnection one = gateway.provider.next(SOON);
            FakeConnection two = gateway.provider.next(SOON);
            first.send("{\"type\":\"input_audio_buffer.append\",\"audio\":\"AQID\"}");
            second.send("{\"type\":\"input_audio_buffer.append\",\"audio\":\"AQID\"}");
            assertThat(one.receive()).contains("append");
            assertThat(two.receive()).contains("append");
            Awaitility.await().until(() -> objects.size() == 2);
            blocked.countDown();
        }
    }

    @Test
    void saysAndAsksOneAfterTheOther() throws Exception {
        Desk desk = new Desk();
        try (Gateway gateway = Gateway.before(Script.accept(), options -> with(options, desk));
                Caller caller = Caller.connect(gateway.uri("/desk"))) {
            FakeConnection provider = gateway.provider.next(SOON);
            assertThat(provider.receive()).contains("session.update");
            RealtimeSession session = desk.sessions.poll(10, TimeUnit.SECONDS);
            assertThat(session).isNotNull();
            CompletableFuture<Turn> said = session.say("Good morning.");
            CompletableFuture<Turn> asked = session.ask("What is for breakfast?");
            assertThat(provider.receive()).contains("response.create").contains("Good morning.");
            assertThat(provider.receive()).contains("What is for breakfast?");
            answer(provider, "r1", "Good morning.");
            assertThat(said.get(10, TimeUnit.SECONDS).text()).isEqualTo("Good morning.");
            assertThat(provider.receive()).contains("response.create");
            answer(provider, "r2", "Eggs.");
            assertThat(asked.get(10, TimeUnit.SECONDS).text()).isEqualTo("Eggs.");
            CompletableFuture<Turn> never = session.say("Bye.");
            assertThat(provider.receive()).contains("Bye.");
            caller.vanish();
            assertThatThrownBy(() -> never.get(10, TimeUnit.SECONDS)).hasMessageContaining("no answer");
            Awaitility.await().until(() -> gateway.module.service().getSessionCount() == 0);
            assertThatThrownBy(() -> session.ask("Anybody?").get(10, TimeUnit.SECONDS))
                    .hasMessageContaining("has ended");
        }
    }

    /** The answer is what is said, and not that a tool is called for it. */
    @Test
    void asksAndIsAnsweredWhenTheToolsHaveBeenCalled() throws Exception {
        BlockingQueue<RealtimeSession> sessions = new LinkedBlockingQueue<>();
        VoiceAgent agent = VoiceAgent.builder()
                .path("/kitchen")
                .tool(RealtimeTool.of(
                        ToolSpec.of("eggs", "Counts eggs.", Json.object().put("type", "object")), call -> "three"))
                .onConnect(sessions::add)
                .build();
        try (Gateway gateway = Gateway.before(Script.accept(), options -> options.agent(agent));
                Caller caller = Caller.connect(gateway.uri("/kitchen"))) {
            FakeConnection provider = gateway.provider.next(SOON);
            assertThat(provider.receive()).contains("session.update");
            RealtimeSession session = sessions.poll(10, TimeUnit.SECONDS);
            assertThat(session).isNotNull();
            CompletableFuture<Turn> asked = session.ask("How many eggs?");
            assertThat(provider.receive()).contains("How many eggs?");
            assertThat(provider.receive()).contains("response.create");
            String item = "{\"id\":\"item_f\",\"type\":\"function_call\",\"status\":\"completed\",\"name\":\"eggs\","
                    + "\"call_id\":\"call_1\",\"arguments\":\"{}\"}";
            provider.send("{\"type\":\"response.created\",\"event_id\":\"a\",\"response\":{\"id\":\"r1\","
                    + "\"conversation_id\":\"conv\"}}");
            provider.send("{\"type\":\"response.output_item.done\",\"event_id\":\"b\",\"response_id\":\"r1\","
                    + "\"output_index\":0,\"item\":" + item + "}");
            provider.send("{\"type\":\"response.done\",\"event_id\":\"c\",\"response\":{\"id\":\"r1\","
                    + "\"conversation_id\":\"conv\",\"status\":\"completed\",\"output\":[" + item + "]}}");
            assertThat(provider.receive()).contains("function_call_output").contains("three");
            assertThat(provider.receive()).contains("response.create");
            assertThat(asked).isNotDone();
            answer(provider, "r2", "Three eggs.");
            assertThat(asked.get(10, TimeUnit.SECONDS).text()).isEqualTo("Three eggs.");
            assertThat(caller.next("response.done")
                            .path("response")
                            .path("output")
                            .isEmpty())
                    .isTrue();
        }
    }

    private static void answer(FakeConnection provider, String id, String words) throws Exception {
        provider.send("{\"type\":\"response.created\",\"event_id\":\"c\",\"response\":{\"id\":\"" + id
                + "\",\"conversation_id\":\"conv\"}}");
        provider.send("{\"type\":\"response.done\",\"event_id\":\"d\",\"response\":{\"id\":\"" + id
                + "\",\"conversation_id\":\"conv\",\"status\":\"completed\",\"output\":[{\"id\":\"item_" + id
                + "\",\"type\":\"message\",\"role\":\"assistant\",\"content\":[{\"type\":\"output_audio\","
                + "\"transcript\":\"" + words + "\"}]}]}}");
    }

    /** A session that joins a call, or only transcribes, is not configured as the agent says. */
    @Test
    void isNotToBeHadWithoutWhatItIsTold() {
        try (Gateway gateway = Gateway.before(Script.accept(), options -> with(options, new Desk()))) {
            assertThat(Caller.refusal(gateway.uri("/desk?call_id=rtc_1"))).isEqualTo(400);
            assertThat(Caller.refusal(gateway.uri("/v1/realtime?model=desk&intent=transcription")))
                    .isEqualTo(400);
        }
    }

    /** Whoever is to free what it has must be told, however much it has not read yet. */
    @Test
    void tellsTheEndToWhoeverWasTooSlowForAllElse() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        VoiceAgent agent = VoiceAgent.builder()
                .path("/slow")
                .onMessage((session, event) -> await(blocked))
                .onDisconnect((session, why) -> gone.countDown())
                .build();
        try (Gateway gateway = Gateway.before(Script.accept(), options -> options.agent(agent))) {
            try (Caller caller = Caller.connect(gateway.uri("/slow"))) {
                FakeConnection provider = gateway.provider.next(SOON);
                for (int i = 0; i < 1_200; i++) {
                    caller.send("{\"type\":\"input_audio_buffer.clear\"}");
                }
                for (int i = 0; i < 1_200; i++) {
                    assertThat(provider.receive()).contains("clear");
                }
            }
            Awaitility.await().until(() -> gateway.module.service().getSessionCount() == 0);
            blocked.countDown();
            assertThat(gone.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An agent made by the builder does what an annotated one does. */
    @Test
    void isBuiltWithoutAnnotations() throws Exception {
        Queue<String> told = new ConcurrentLinkedQueue<>();
        VoiceAgent agent = VoiceAgent.builder()
                .name("built")
                .path("/built")
                .instructions("Be kind.")
                .onConnect(session -> told.add("connect"))
                .onMessage((session, event) -> told.add("message " + event.type()))
                .subscribe("session.created", (session, event) -> told.add("event " + event.type()))
                .onDisconnect((session, why) -> told.add("gone " + why.failure()))
                .build();
        try (Gateway gateway = Gateway.before(Script.accept(), options -> options.agent(agent))) {
            try (Caller caller = Caller.connect(gateway.uri("/built"))) {
                FakeConnection provider = gateway.provider.next(SOON);
                assertThat(provider.receive()).contains("Be kind.");
                provider.send("{\"type\":\"session.created\",\"event_id\":\"e\",\"session\":{}}");
                caller.next("session.created");
                caller.send("{\"type\":\"input_audio_buffer.clear\"}");
                assertThat(provider.receive()).contains("clear");
            }
            Awaitility.await()
                    .untilAsserted(() -> assertThat(told)
                            .containsExactly(
                                    "connect",
                                    "event session.created",
                                    "message input_audio_buffer.clear",
                                    "gone " + Failure.NORMAL));
        }
    }
}

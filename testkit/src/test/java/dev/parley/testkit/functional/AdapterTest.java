package dev.parley.testkit.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.OpenAIRealtimeClient;
import dev.parley.OpenAIRealtimeSession;
import dev.parley.RealtimeClientAdapter;
import dev.parley.RealtimeException;
import dev.parley.RealtimeSession;
import dev.parley.RealtimeSessionConfig;
import dev.parley.RealtimeSessionStats;
import dev.parley.protocol.Json;
import dev.parley.testkit.Caller;
import dev.parley.testkit.FakeConnection;
import dev.parley.testkit.Script;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Sessions of an application's own transport, and the low-level client. */
class AdapterTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    /** A client that keeps what it gets. */
    private static class Keeping implements RealtimeClientAdapter {
        final BlockingQueue<String> got = new LinkedBlockingQueue<>();
        final CountDownLatch gone = new CountDownLatch(1);

        @Override
        public String id() {
            return "phone-7";
        }

        @Override
        public void send(String event, String data) {
            got.add(event + " " + data);
        }

        @Override
        public void disconnect() {
            gone.countDown();
        }
    }

    @Test
    void carriesASessionOfAnyTransport() throws Exception {
        try (Gateway gateway = Gateway.before(Script.accept())) {
            Keeping client = new Keeping();
            OpenAIRealtimeSession session = gateway.module
                    .service()
                    .createOpenAISession(
                            client,
                            RealtimeSessionConfig.builder().instructions("x").build())
                    .get(10, TimeUnit.SECONDS);
            FakeConnection provider = gateway.provider.next(SOON);
            assertThat(provider.receive()).contains("\"instructions\":\"x\"");
            session.appendAudio(new byte[] {1, 2, 3, 4});
            assertThat(provider.receive()).isEqualTo("{\"type\":\"input_audio_buffer.append\",\"audio\":\"AQIDBA==\"}");
            session.handleClientMessage("{\"type\":\"input_audio_buffer.commit\"}");
            assertThat(provider.receive()).isEqualTo("{\"type\":\"input_audio_buffer.commit\"}");
            session.sendText("Hi");
            assertThat(provider.receive()).contains("\"input_text\"").contains("\"Hi\"");
            assertThat(provider.receive()).startsWith("{\"type\":\"response.create\",\"event_id\":\"event_");
            provider.send("{\"type\":\"response.created\",\"response\":{\"id\":\"r1\",\"conversation_id\":\"c\"}}");
            assertThat(client.got.poll(10, TimeUnit.SECONDS)).startsWith("realtime {\"type\":\"response.created\"");
            session.sendText("Again");
            assertThat(provider.receive()).contains("\"Again\"");
            session.interrupt();
            assertThat(provider.receive()).contains("\"response.cancel\"").contains("\"response_id\":\"r1\"");
            provider.send("{\"type\":\"error\",\"error\":{\"event_id\":\"of something else\"}}");
            provider.send("{\"type\":\"response.done\",\"response\":{\"id\":\"r1\"}}");
            assertThat(provider.receive()).startsWith("{\"type\":\"response.create\"");
            session.updateConfig(
                    RealtimeSessionConfig.builder().turnDetection(true).build());
            assertThat(provider.receive()).contains("\"server_vad\"");
            assertThat(gateway.module.service().getSession("phone-7")).contains(session);
            gateway.module.service().removeSession("phone-7");
            assertThat(client.gone.await(10, TimeUnit.SECONDS)).isTrue();
            Awaitility.await().until(() -> gateway.module.service().getSessionCount() == 0);
            Awaitility.await().until(() -> gateway.provider.open() == 0);
        }
    }

    @Test
    void failsTheFutureWhenTheProviderCannotBeHad() {
        try (Gateway gateway = Gateway.before(Script.refuse(401))) {
            assertThatThrownBy(() -> gateway.module
                            .service()
                            .createOpenAISession(new Keeping(), RealtimeSessionConfig.EMPTY)
                            .get(10, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(RealtimeException.ConnectionFailed.class)
                    .hasMessageContaining("HTTP 401");
            assertThatThrownBy(() -> gateway.module
                            .service()
                            .createSession(new Keeping(), "nobody", RealtimeSessionConfig.EMPTY)
                            .get(10, TimeUnit.SECONDS))
                    .hasMessageContaining("'nobody'");
            Awaitility.await().until(() -> gateway.module.service().getSessionCount() == 0);
        }
    }

    @Test
    void aSlowAdapterStopsTheProviderAndLosesNothing() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        int many = 3_000;
        try (Gateway gateway = Gateway.before(Script.accept())) {
            Keeping client = new Keeping() {
                @Override
                public void send(String event, String data) {
                    try {
                        go.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    super.send(event, data);
                }
            };
            gateway.module
                    .service()
                    .createOpenAISession(client, RealtimeSessionConfig.EMPTY)
                    .get(10, TimeUnit.SECONDS);
            FakeConnection provider = gateway.provider.next(SOON);
            Thread sender = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < many; i++) {
                        provider.send("{\"type\":\"n" + i + "\",\"x\":\"" + "y".repeat(4_000) + "\"}");
                    }
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            Awaitility.await().until(() -> gateway.module.service().bufferedBytes() > 1 << 20);
            assertThat(gateway.module.service().bufferedBytes()).isLessThan(4 << 20);
            go.countDown();
            for (int i = 0; i < many; i++) {
                assertThat(client.got.poll(10, TimeUnit.SECONDS)).startsWith("realtime {\"type\":\"n" + i + "\"");
            }
            assertThat(sender.join(SOON)).isTrue();
        }
    }

    @Test
    void theClientHearsEventsByTypeAndTellsTheEnd() throws Exception {
        BlockingQueue<String> done = new LinkedBlockingQueue<>();
        try (Gateway gateway = Gateway.before(Script.accept());
                OpenAIRealtimeClient client = new OpenAIRealtimeClient(gateway.uri("/v1/realtime?model=m"), "any")) {
            client.on("response.done", event -> done.add(event.type().name()));
            client.createResponse(); // Before the connection is there.
            client.connect().get(10, TimeUnit.SECONDS);
            FakeConnection provider = gateway.provider.next(SOON);
            assertThat(provider.receive()).isEqualTo("{\"type\":\"response.create\"}");
            client.appendAudio(new byte[2]);
            client.commitInputBuffer();
            client.clearInputBuffer();
            client.addConversationItem(Json.object().put("type", "message"));
            for (String type : List.of("append", "commit", "clear", "item.create")) {
                assertThat(provider.receive()).contains(type);
            }
            provider.send("{\"type\":\"response.done\"}");
            assertThat(done.poll(10, TimeUnit.SECONDS)).isEqualTo("response.done");
            provider.close(4001, "enough");
            assertThat(client.closed().get(10, TimeUnit.SECONDS).code()).isEqualTo(4001);
        }
    }

    @Test
    void startsWithTheModulesConfigurationAndTheSessionsOwnOnTopOfIt() throws Exception {
        RealtimeSessionConfig base = RealtimeSessionConfig.builder()
                .instructions("base")
                .voice("marin")
                .build();
        try (Gateway gateway = Gateway.before(Script.accept(), o -> o.defaultSessionConfig(base))) {
            gateway.module
                    .service()
                    .createOpenAISession(
                            new Keeping(),
                            RealtimeSessionConfig.builder().instructions("own").build())
                    .get(10, TimeUnit.SECONDS);
            assertThat(gateway.provider.next(SOON).receive())
                    .contains("\"instructions\":\"own\"")
                    .contains("\"voice\":\"marin\"");
        }
    }

    @Test
    void aSecondSessionOfAClientIsRefusedAndLeavesTheFirstAlone() throws Exception {
        try (Gateway gateway = Gateway.before(Script.accept())) {
            Keeping client = new Keeping();
            OpenAIRealtimeSession first = gateway.module
                    .service()
                    .createOpenAISession(client, RealtimeSessionConfig.EMPTY)
                    .get(10, TimeUnit.SECONDS);
            assertThatThrownBy(() -> gateway.module
                            .service()
                            .createOpenAISession(client, RealtimeSessionConfig.EMPTY)
                            .get(10, TimeUnit.SECONDS))
                    .hasMessageContaining("phone-7");
            first.handleClientMessage("nonsense");
            assertThat(client.got.poll(10, TimeUnit.SECONDS)).contains("invalid_json");
            assertThat(client.gone.getCount()).isOne();
            assertThat(gateway.provider.connections()).hasSize(1);
        }
    }

    @Test
    void aClientThatIsRemovedAtOnceLeavesNothing() throws Exception {
        try (Gateway gateway = Gateway.before(Script.accept())) {
            for (int i = 0; i < 100; i++) {
                Keeping client = new Keeping();
                gateway.module.service().createOpenAISession(client, RealtimeSessionConfig.EMPTY);
                gateway.module.service().removeSession(client.id());
                assertThat(client.gone.await(10, TimeUnit.SECONDS)).isTrue();
                Awaitility.await().until(() -> gateway.module.service().getSessionCount() == 0);
            }
            Awaitility.await().until(() -> gateway.provider.open() == 0);
        }
    }

    @Test
    void afterTheModulesEndCallsDoNothingAndNewSessionsAreRefused() throws Exception {
        Gateway gateway = Gateway.before(Script.accept());
        OpenAIRealtimeSession own = gateway.module
                .service()
                .createOpenAISession(new Keeping(), RealtimeSessionConfig.EMPTY)
                .get(10, TimeUnit.SECONDS);
        try (Caller caller = gateway.plain()) {
            caller.send("{\"type\":\"a\"}");
            Awaitility.await().until(() -> gateway.module.service().getSessionCount() == 2);
            String id = gateway.module.service().getStats().stream()
                    .map(RealtimeSessionStats::clientId)
                    .filter(name -> !name.equals("phone-7"))
                    .findFirst()
                    .orElseThrow();
            RealtimeSession served = gateway.module.service().getSession(id).orElseThrow();
            gateway.close();
            own.sendText("too late");
            served.sendText("too late");
            served.disconnect();
        }
        assertThatThrownBy(() -> gateway.module
                        .service()
                        .createOpenAISession(new Keeping(), RealtimeSessionConfig.EMPTY)
                        .get(10, TimeUnit.SECONDS))
                .hasMessageContaining("stop");
    }

    @Test
    void aClientThatNeverConnectedFreesItsThreads() throws Exception {
        OpenAIRealtimeClient client =
                new OpenAIRealtimeClient(java.net.URI.create("ws://127.0.0.1:9/v1/realtime"), null);
        client.close();
        client.closed().get(10, TimeUnit.SECONDS);
        client.createResponse();
    }

    @Test
    void aSlowListenerStopsTheServerAndLosesNothing() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        BlockingQueue<String> got = new LinkedBlockingQueue<>();
        int many = 10_000;
        try (Gateway gateway = Gateway.before(Script.accept());
                OpenAIRealtimeClient client = new OpenAIRealtimeClient(gateway.uri("/v1/realtime?model=m"), null)) {
            client.onAny(event -> {
                try {
                    go.await();
                    got.add(event.type().name());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            client.connect().get(10, TimeUnit.SECONDS);
            FakeConnection provider = gateway.provider.next(SOON);
            Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < many; i++) {
                        provider.send("{\"type\":\"n" + i + "\",\"x\":\"" + "y".repeat(4_000) + "\"}");
                    }
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            Awaitility.await().until(() -> gateway.module.service().bufferedBytes() > 1 << 20);
            go.countDown();
            for (int i = 0; i < many; i++) {
                assertThat(got.poll(10, TimeUnit.SECONDS)).isEqualTo("n" + i);
            }
        }
    }
}

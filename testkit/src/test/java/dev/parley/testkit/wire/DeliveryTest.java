package dev.parley.testkit.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** RFC 6455 says nothing of packets: frames are the same however TCP cuts them, and keep their order. */
class DeliveryTest {
    private static final String SHORT = "{\"type\":\"a\",\"b\":\"\u00e9\"}";
    private static final String AUDIO =
            "{\"type\":\"response.output_audio.delta\",\"item_id\":\"i\",\"content_index\":0,\"delta\":\""
                    + "QUJD".repeat(30) + "\"}";

    /** Every kind of frame: two forms of length, fragments with a ping and a pong between them, an empty fragment. */
    private static byte[] everything(RawPeer peer) {
        byte[] text = SHORT.getBytes(StandardCharsets.UTF_8);
        return RawPeer.join(
                peer.frame(0x81, text),
                peer.frame(0x81, AUDIO.getBytes(StandardCharsets.UTF_8)),
                peer.frame(0x01, Arrays.copyOf(text, 16)),
                peer.frame(0x89, "ping".getBytes(StandardCharsets.UTF_8)),
                peer.frame(0x00),
                peer.frame(0x8a),
                peer.frame(0x80, Arrays.copyOfRange(text, 16, text.length)));
    }

    private static void arrived(Ends ends) throws IOException {
        ends.arrives(SHORT);
        ends.arrives(AUDIO);
        ends.arrives(SHORT);
        RawFrame pong = ends.peer().nextButPings();
        assertThat(pong.opcode()).isEqualTo(RawFrame.PONG);
        assertThat(pong.text()).isEqualTo("ping");
    }

    /**
     * Between two bytes an event goes the other way, through the same event loop, so that each byte is read alone.
     */
    @ParameterizedTest
    @EnumSource
    void readsWhatComesByteByByte(Role role) throws IOException {
        try (Ends ends = Line.open(role)) {
            int pongs = 0;
            for (byte one : everything(ends.peer())) {
                ends.peer().write(one);
                ends.other().text("{\"type\":\"turn\"}");
                RawFrame back = ends.peer().nextButPings();
                if (back.opcode() == RawFrame.PONG) {
                    pongs++;
                    back = ends.peer().nextButPings();
                }
                assertThat(back.text()).contains("{\"type\":\"turn\"}");
            }
            assertThat(pongs).isEqualTo(1);
            ends.arrives(SHORT);
            ends.arrives(AUDIO);
            ends.arrives(SHORT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsFramesThatAreCutAnywhere(Role role) throws IOException {
        try (Ends ends = Line.open(role)) {
            byte[] all = everything(ends.peer());
            for (int cut = 0; cut <= all.length; cut++) {
                ends.peer().write(Arrays.copyOf(all, cut));
                ends.peer().write(Arrays.copyOfRange(all, cut, all.length));
                arrived(ends);
            }
        }
    }

    /** Through the envelope of {@code /realtime}, too. */
    @ParameterizedTest
    @CsvSource({"SERVER,/v1/realtime?model=x", "CLIENT,/v1/realtime?model=x", "SERVER,/realtime", "CLIENT,/realtime"})
    void keepsTheOrderOfManyFramesInOnePacket(Role role, String path) throws IOException {
        try (Ends ends = Line.open(role, path, options -> options)) {
            ByteArrayOutputStream packet = new ByteArrayOutputStream();
            List<String> events = new ArrayList<>();
            for (int i = 0; i < 3_000; i++) {
                String event = i % 3 == 0
                        ? "{\"type\":\"n\",\"n\":" + i + "}"
                        : "{\"type\":\"input_audio_buffer.append\",\"event_id\":\"" + i + "\",\"audio\":\""
                                + "QUJD".repeat(i % 50) + "\"}";
                events.add(event);
                packet.writeBytes(ends.peer().frame(0x81, event.getBytes(StandardCharsets.UTF_8)));
            }
            ends.peer().write(packet.toByteArray());
            for (String event : events) {
                ends.arrives(event);
            }
        }
    }

    /** Both directions at once, neither waiting for the other. */
    @ParameterizedTest
    @EnumSource
    void passesBothWaysAtOnce(Role role) throws IOException {
        try (Ends ends = Line.open(role)) {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (RawPeer end : List.of(ends.peer(), ends.other())) {
                all.add(run(() -> {
                    for (int i = 0; i < 2_000; i++) {
                        end.text("{\"type\":\"n\",\"n\":" + i + ",\"x\":\"" + "y".repeat(3_200) + "\"}");
                    }
                }));
                all.add(run(() -> {
                    for (int i = 0; i < 2_000; i++) {
                        assertThat(end.nextButPings().text()).startsWith("{\"type\":\"n\",\"n\":" + i + ",");
                    }
                }));
            }
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
            ends.live();
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static CompletableFuture<Void> run(Work work) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                },
                task -> Thread.ofVirtual().start(task));
    }
}

package dev.parley.testkit.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6455 section 10.4: limits, which differ by direction, and messages that are just within them. */
class LimitTest {
    private static final int FROM_CLIENT = 21 << 20;
    private static final int FROM_PROVIDER = 64 << 20;

    private static int limit(Role role) {
        return role == Role.SERVER ? FROM_CLIENT : FROM_PROVIDER;
    }

    /** The head of a frame alone: what is too long is refused before it has come. */
    private static byte[] head(Role role, int first, long length) {
        ByteBuffer head = ByteBuffer.allocate(role == Role.SERVER ? 14 : 10);
        head.put((byte) first).put((byte) (role == Role.SERVER ? 0xff : 0x7f)).putLong(length);
        return head.array();
    }

    /** Sends on a thread of its own, since what is large fills the sockets before it is read. */
    private static CompletableFuture<Void> send(RawPeer from, byte[]... parts) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        for (byte[] part : parts) {
                            from.write(part);
                        }
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                },
                task -> Thread.ofVirtual().start(task));
    }

    @ParameterizedTest
    @CsvSource({"SERVER,1", "SERVER,2", "CLIENT,1", "CLIENT,2"})
    void failsAMessageOverTheLimitAtItsHead(Role role, int opcode) throws IOException {
        for (long length : new long[] {limit(role) + 1, Integer.MAX_VALUE, 1L << 32, Long.MAX_VALUE}) {
            try (Ends ends = Line.open(role)) {
                ends.peer().write(head(role, 0x80 | opcode, length));
                ends.failed(1009, "message_too_big");
            }
        }
    }

    /** The limit is the message's, not the frame's. */
    @ParameterizedTest
    @CsvSource({"SERVER", "CLIENT"})
    void failsFragmentsThatAreOverTheLimitTogether(Role role) throws IOException {
        try (Ends ends = Line.open(role)) {
            byte[] part = new byte[1 << 20];
            Arrays.fill(part, (byte) 'x');
            int parts = limit(role) / part.length;
            for (int i = 0; i < parts; i++) {
                ends.peer().write(ends.peer().frame(i == 0 ? RawFrame.TEXT : RawFrame.CONTINUATION, part));
            }
            ends.peer().write(ends.peer().frame(0x80, (byte) 'x'));
            ends.failed(1009, "message_too_big");
        }
    }

    /** As long as may be: it arrives, byte for byte, and so does one of 20 MB from the provider. */
    @ParameterizedTest
    @CsvSource({"SERVER,false", "SERVER,true", "CLIENT,false", "CLIENT,true"})
    void passesOnTheLongestMessages(Role role, boolean fragmented) throws IOException {
        int length = role == Role.SERVER ? FROM_CLIENT : 20_000_000;
        byte[] message = FramingTest.event(length).getBytes(StandardCharsets.US_ASCII);
        for (int i = 17; i < message.length - 2; i++) {
            message[i] = (byte) ('0' + i % 73 % 10);
        }
        try (Ends ends = Line.open(role)) {
            CompletableFuture<Void> sent = fragmented
                    ? send(
                            ends.peer(),
                            ends.peer().frame(RawFrame.TEXT, Arrays.copyOf(message, 1_000_003)),
                            ends.peer().frame(0x00, Arrays.copyOfRange(message, 1_000_003, 9_999_999)),
                            ends.peer().frame(0x80, Arrays.copyOfRange(message, 9_999_999, length)))
                    : send(ends.peer(), ends.peer().frame(0x81, message));
            RawFrame frame = ends.other().nextButPings();
            assertThat(Arrays.equals(frame.payload(), message))
                    .as(frame.toString())
                    .isTrue();
            sent.join();
            ends.live();
        }
    }

    /** OpenAI's own limit of 15 MiB of audio in an event: that much passes, and more is an error that ends nothing. */
    @Test
    void answersMoreThan15MebibytesOfAudioWithAnErrorAndGoesOn() throws IOException {
        String before = "{\"type\":\"input_audio_buffer.append\",\"audio\":\"";
        try (Ends ends = Line.open(Role.SERVER)) {
            String most = before + "AAAA".repeat((15 << 20) / 3) + "\"}";
            CompletableFuture<Void> sent =
                    send(ends.peer(), ends.peer().frame(0x81, most.getBytes(StandardCharsets.US_ASCII)));
            ends.arrives(most);
            sent.join();
            ends.peer().text(before + "AAAA".repeat((15 << 20) / 3 + 1) + "\"}");
            assertThat(ends.peer().nextButPings().text()).contains("\"type\":\"error\"", "\"param\":\"audio\"");
            ends.live();
        }
    }
}

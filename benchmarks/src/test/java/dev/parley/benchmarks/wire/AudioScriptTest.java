package dev.parley.benchmarks.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AudioScriptTest {
    private static final int PAYLOAD = 64;
    private static final int SESSION = 7;
    private static final int NUMBER = 0x12345;
    private static final long TAG = ((long) SESSION << 32) | NUMBER;

    private final AudioScript script = new AudioScript(AudioKind.APPEND, PAYLOAD);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noticesEachChangedByte(boolean masked) throws ProtocolException {
        ByteBuffer frame = frame(masked);
        assertThat(verified(frame)).containsExactly(TAG);
        int header = frame.limit() - script.length();
        for (int i = header; i < frame.limit(); i++) {
            byte before = frame.get(i);
            frame.put(i, (byte) (before ^ 1));
            // A digit of the numbers that has become another is another event's number, or none.
            assertThat(verified(frame)).doesNotContain(TAG);
            frame.put(i, before);
        }
    }

    @Test
    void noticesAMissingByte() {
        ByteBuffer frame = frame(false);
        int header = frame.limit() - script.length();
        assertThat(script.verify(frame, header, script.length() - 1, 0)).isEqualTo(-1);
        assertThat(script.verify(frame, header, script.length(), 0)).isEqualTo(TAG);
    }

    @Test
    void findsFramesHoweverTheyCome() throws ProtocolException {
        ByteBuffer frame = frame(true);
        ByteBuffer two = ByteBuffer.allocate(2 * frame.limit());
        two.put(frame).put(frame.rewind()).flip();
        for (int end = 0; end < two.capacity(); end++) {
            ByteBuffer some = two.duplicate().limit(end);
            assertThat(verified(some)).hasSize(end / frame.limit());
        }
        assertThat(verified(two)).containsExactly(TAG, TAG);
    }

    @Test
    void putsFragmentsTogether() throws ProtocolException {
        ByteBuffer frame = frame(false);
        byte[] text = new byte[script.length()];
        frame.get(frame.limit() - script.length(), text);
        ByteBuffer parts = ByteBuffer.allocate(300);
        parts.put((byte) Frames.TEXT).put((byte) 10).put(text, 0, 10);
        parts.put((byte) (0x80 | Frames.PING)).put((byte) 0);
        parts.put((byte) 0x80).put((byte) (text.length - 10)).put(text, 10, text.length - 10);
        assertThat(verified(parts.flip())).containsExactly(TAG);
    }

    private ByteBuffer frame(boolean masked) {
        AudioFrames frames = new AudioFrames(script, masked);
        ByteBuffer frame = ByteBuffer.allocate(frames.length());
        frames.put(frame, SESSION, NUMBER);
        return frame.flip();
    }

    private List<Long> verified(ByteBuffer bytes) throws ProtocolException {
        List<Long> tags = new ArrayList<>();
        new FrameScanner().scan(bytes.duplicate(), new FrameScanner.Sink() {
            @Override
            public void text(ByteBuffer in, int at, int length, int mask) {
                tags.add(script.verify(in, at, length, mask));
            }

            @Override
            public void control(int opcode, byte[] payload) {
                assertThat(opcode).isEqualTo(Frames.PING);
            }
        });
        return tags;
    }
}

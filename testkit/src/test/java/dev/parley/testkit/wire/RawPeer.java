package dev.parley.testkit.wire;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One end of a WebSocket on a plain blocking socket: sends whatever bytes a test wants, and takes nothing that breaks
 * RFC 6455. It shares no code with Parley. What does not come in time fails the test.
 */
final class RawPeer implements AutoCloseable {
    private static final int PATIENCE_MS = 10_000;

    private final Socket socket;
    private final DataInputStream in;
    private final boolean masks;
    private final SplittableRandom dice = new SplittableRandom(11);

    /**
     * A peer on an open connection.
     *
     * @param masks whether it is the client, whose frames are masked and who gets frames that are not
     */
    RawPeer(Socket socket, boolean masks) throws IOException {
        this.socket = socket;
        this.masks = masks;
        socket.setSoTimeout(PATIENCE_MS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
    }

    /** A client's connection to a port of this machine; the handshake has not begun. */
    static RawPeer connect(int port) throws IOException {
        return new RawPeer(new Socket(InetAddress.getLoopbackAddress(), port), true);
    }

    // ---- The handshake
    // -----------------------------------------------------------------------------------------------

    /** Sends text as it stands; each line is to end with {@code \r\n}. */
    void say(String head) throws IOException {
        write(head.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The head of a request or of an answer. */
    RawHead head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int ended = 0;
        while (ended < 4) {
            int next = in.readUnsignedByte();
            head.write(next);
            ended = next == (ended % 2 == 0 ? '\r' : '\n') ? ended + 1 : next == '\r' ? 1 : 0;
        }
        return RawHead.parse(head.toString(StandardCharsets.ISO_8859_1));
    }

    /** Passes over the body of an answer. */
    void skip(int bytes) throws IOException {
        in.skipNBytes(bytes);
    }

    /** Reads a request for a WebSocket and accepts it, with bytes right behind the answer. */
    RawHead accept(byte... behind) throws IOException {
        RawHead request = head();
        write(join(answer(request).getBytes(StandardCharsets.US_ASCII), behind));
        return request;
    }

    /** The answer that accepts a request. */
    static String answer(RawHead request) {
        return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                + hash(request.value("sec-websocket-key")) + "\r\n\r\n";
    }

    /** What section 4.2.2 makes of a key. */
    static String hash(String key) {
        try {
            byte[] both = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(both));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    // ---- What it sends
    // -----------------------------------------------------------------------------------------------

    /** Bytes as they are, in one write. */
    void write(byte... bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    /** A whole text message in one frame. */
    void text(String message) throws IOException {
        write(frame(0x80 | RawFrame.TEXT, message.getBytes(StandardCharsets.UTF_8)));
    }

    /** A close frame. */
    void close(int code, String reason) throws IOException {
        write(closing(code, reason));
    }

    /** The bytes of a close frame. */
    byte[] closing(int code, String reason) {
        byte[] number = {(byte) (code >> 8), (byte) code};
        return frame(0x80 | RawFrame.CLOSE, join(number, reason.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * The bytes of a frame, masked if this is a client.
     *
     * @param first the first byte: the last fragment's bit, reserved bits, opcode
     */
    byte[] frame(int first, byte... payload) {
        return frame(first, masks, payload.length < 126 ? 0 : payload.length < 65536 ? 2 : 8, payload);
    }

    /**
     * The bytes of a frame.
     *
     * @param lengthBytes of the extended length: 0, 2 or 8
     */
    byte[] frame(int first, boolean masked, int lengthBytes, byte... payload) {
        int length = lengthBytes == 0 ? payload.length : lengthBytes == 2 ? 126 : 127;
        ByteBuffer out = ByteBuffer.allocate(14 + payload.length);
        out.put((byte) first).put((byte) (length | (masked ? 0x80 : 0)));
        if (lengthBytes == 2) {
            out.putShort((short) payload.length);
        } else if (lengthBytes == 8) {
            out.putLong(payload.length);
        }
        byte[] mask = new byte[4];
        if (masked) {
            dice.nextBytes(mask);
            out.put(mask);
        }
        for (int i = 0; i < payload.length; i++) {
            out.put((byte) (payload[i] ^ mask[i & 3]));
        }
        byte[] bytes = new byte[out.flip().remaining()];
        out.get(bytes);
        return bytes;
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    // ---- What it gets
    // ------------------------------------------------------------------------------------------------

    /** The next frame. One that breaks the RFC is an {@link AssertionError}. */
    RawFrame next() throws IOException {
        int first = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        int opcode = first & 15;
        long length = second & 127;
        long shortest = 0;
        if (length == 126) {
            length = in.readUnsignedShort();
            shortest = 126;
        } else if (length == 127) {
            length = in.readLong();
            shortest = 65536;
        }
        if ((first & 0x70) != 0
                || second > 127 == masks
                || length < shortest
                || (opcode > 7 && (length > 125 || first < 128))) {
            throw new AssertionError("Parley sent a wrong frame: %x %x, %d bytes".formatted(first, second, length));
        }
        byte[] mask = masks ? null : in.readNBytes(4);
        byte[] payload = in.readNBytes((int) length);
        for (int i = 0; mask != null && i < payload.length; i++) {
            payload[i] ^= mask[i & 3];
        }
        if (payload.length < length) {
            throw new EOFException("a frame is cut off");
        }
        return new RawFrame(first > 127, opcode, mask, payload);
    }

    /** The next frame that is no ping. */
    RawFrame nextButPings() throws IOException {
        RawFrame frame = next();
        while (frame.opcode() == RawFrame.PING) {
            frame = next();
        }
        return frame;
    }

    /** All frames up to the end of the connection; none may be cut off. */
    List<RawFrame> rest() throws IOException {
        List<RawFrame> frames = new ArrayList<>();
        while (true) {
            in.mark(1);
            if (in.read() < 0) {
                return frames;
            }
            in.reset();
            frames.add(next());
        }
    }

    /** Whether the connection was reset, rather than ended: what came before a reset may be lost. */
    boolean reset() {
        try {
            return !rest().isEmpty();
        } catch (SocketException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    // ---- The connection
    // ----------------------------------------------------------------------------------------------

    /** Sends no more, and still reads. */
    void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    /** Resets the connection. */
    void abort() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

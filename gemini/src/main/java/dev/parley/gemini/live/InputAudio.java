package dev.parley.gemini.live;

import dev.parley.gemini.uplink.Uplink;
import dev.parley.gemini.uplink.Waiting;
import dev.parley.gemini.wire.Messages;
import dev.parley.protocol.AudioEvent;
import dev.parley.protocol.Bytes;
import dev.parley.provider.reply.LaneWork;
import dev.parley.provider.reply.Refused;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * The user's audio, 16-bit PCM at 16,000 Hz. Where Gemini finds the turns it goes on at once; where the client does, it is kept
 * until it is committed and asked about, so that a client can clear what it has not committed. Lane only.
 */
final class InputAudio {
    /** Bytes a millisecond. */
    static final int BYTES_PER_MS = 32;

    private static final byte[] BEFORE =
            "{\"realtimeInput\":{\"audio\":{\"data\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] AFTER =
            "\",\"mimeType\":\"audio/pcm;rate=16000\"}}}".getBytes(StandardCharsets.US_ASCII);
    /** Characters in the longest piece that is sent at once: 96 ms. */
    private static final int PIECE = 4096;
    /** Bytes below which audio is gathered: 20 ms. */
    private static final int SMALL = 20 * BYTES_PER_MS;
    /** The shortest turn, as with OpenAI; Gemini stalls on empty ones. */
    private static final int SHORTEST_MS = 100;
    /** The most that is kept of a turn that the client has not asked about: 10 minutes. */
    static final int MOST_KEPT = 10 * 60_000 * BYTES_PER_MS;
    /** The most that is kept while a function is at work: 10 s; the oldest goes first. */
    private static final int MOST_HELD = 10_000 * BYTES_PER_MS;
    /** A gap in the audio from which Gemini is told that the microphone is off. */
    private static final Duration GAP = Duration.ofSeconds(1);

    private final Uplink uplink;
    private final LaneWork work;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private byte[] message = new byte[BEFORE.length + PIECE + AFTER.length];
    private boolean manual;
    private boolean held;
    /** All audio of the session, and where the last turn ended in it, in bytes. */
    private long bytes;

    private long committed;
    private boolean streaming;
    private long lastAt;

    InputAudio(Uplink uplink, LaneWork work) {
        this.uplink = uplink;
        this.work = work;
        System.arraycopy(BEFORE, 0, message, 0, BEFORE.length);
    }

    /** Whether the client says where turns end. */
    boolean manual() {
        return manual;
    }

    /** Who says where turns end has changed; what was kept for the one before goes. */
    void manual(boolean client) {
        if (manual != client) {
            manual = client;
            kept.reset();
            committed = bytes;
            streaming = false;
        }
    }

    /** How much audio came in the session, in ms. */
    long millis() {
        return bytes / BYTES_PER_MS;
    }

    /** Whether audio came since the last turn. */
    boolean unanswered() {
        return !manual && bytes > committed;
    }

    /** Whether audio came a short while ago, so that somebody may have spoken. */
    boolean live() {
        return !manual && bytes > 0 && work.lane().nanoTime() - lastAt < 5 * GAP.toNanos();
    }

    /**
     * Takes audio; its bytes are on loan.
     *
     * @throws Refused if it is no base64, or more is kept than may be
     */
    void append(AudioEvent event) {
        Bytes base64 = event.base64();
        int size = event.audioBytes();
        if (!manual && !held && kept.size() == 0 && size % 2 == 0 && size >= SMALL && whole(base64)) {
            came(size);
            for (int from = 0; from < base64.length(); from += PIECE) {
                send(base64.part(from, Math.min(base64.length(), from + PIECE)));
            }
            return;
        }
        byte[] pcm;
        try {
            pcm = event.audio();
        } catch (IllegalArgumentException e) {
            throw Refused.value("audio", "Invalid 'audio': expected base64.");
        }
        if (manual && kept.size() + pcm.length > MOST_KEPT) {
            throw Refused.of(
                    "input_buffer_full",
                    "The audio that is not committed is longer than " + MOST_KEPT / BYTES_PER_MS / 60_000
                            + " minutes; commit it or clear it.",
                    "audio");
        }
        came(pcm.length);
        kept.writeBytes(pcm);
        if (held) {
            forgetOldest();
        } else if (!manual && kept.size() >= SMALL) {
            release();
        }
    }

    private void came(int size) {
        bytes += size;
        lastAt = work.lane().nanoTime();
        if (!streaming && !manual) {
            stream();
        }
    }

    private void stream() {
        if (!streaming) {
            streaming = true;
            work.later(this::gap, GAP);
        }
    }

    /** One chunk in base64 that can go on as it is: complete, and of base64's alphabet. */
    private static boolean whole(Bytes base64) {
        int length = base64.length();
        if (length % 4 != 0) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            byte b = base64.at(i);
            boolean plain =
                    (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || b == '+' || b == '/';
            if (!plain && !(b == '=' && i >= length - 2 && (i == length - 1 || base64.at(length - 1) == '='))) {
                return false;
            }
        }
        return true;
    }

    private void send(Bytes base64) {
        int length = base64.length();
        base64.copyTo(0, message, BEFORE.length, length);
        System.arraycopy(AFTER, 0, message, BEFORE.length + length, AFTER.length);
        uplink.audio(Bytes.lend(message, 0, BEFORE.length + length + AFTER.length));
    }

    /** Sends whole samples, in pieces that are not too long. */
    private void send(byte[] pcm, int length) {
        int most = PIECE / 4 * 3;
        for (int from = 0; from < length; from += most) {
            byte[] piece = Arrays.copyOfRange(pcm, from, Math.min(length, from + most));
            send(Bytes.of(Base64.getEncoder().encode(piece)));
        }
    }

    /** Sends what is kept; half a sample stays. */
    private void release() {
        byte[] pcm = kept.toByteArray();
        kept.reset();
        int even = pcm.length & ~1;
        send(pcm, even);
        kept.write(pcm, even, pcm.length - even);
    }

    private void forgetOldest() {
        if (kept.size() > MOST_HELD) {
            byte[] pcm = kept.toByteArray();
            kept.reset();
            // An even number, so that samples stay whole.
            kept.write(pcm, (pcm.length - MOST_HELD + 1) & ~1, MOST_HELD - 1);
        }
    }

    /** Holds back audio while a function is at work that it would cancel, or lets it go. */
    void hold(boolean on) {
        boolean ends = held && !on;
        held = on;
        if (ends && !manual && kept.size() > 0) {
            release();
            lastAt = work.lane().nanoTime();
            stream();
        }
    }

    /** The microphone may be off. */
    private void gap() {
        long silent = work.lane().nanoTime() - lastAt;
        if (!streaming || manual) {
            return;
        }
        if (held) {
            work.later(this::gap, GAP);
        } else if (silent < GAP.toNanos()) {
            work.later(this::gap, Duration.ofNanos(GAP.toNanos() - silent));
        } else {
            streamEnd();
        }
    }

    /** Tells Gemini that what came is all, so that it waits for no more of it. */
    void streamEnd() {
        if (streaming && !held) {
            release();
            streaming = false;
            uplink.send(Messages.audioStreamEnd(), Waiting.Kind.AUDIO);
        }
    }

    /**
     * Refuses to commit what is too short to be a turn.
     *
     * @throws Refused if less than 100 ms came since the last turn
     */
    void check() {
        long ms = (bytes - committed) / BYTES_PER_MS;
        if (ms < SHORTEST_MS) {
            throw Refused.of(
                    "input_audio_buffer_commit_empty",
                    "Error committing input audio buffer: buffer too small. Expected at least " + SHORTEST_MS
                            + "ms of audio, but buffer only has " + ms + "ms of audio.",
                    null);
        }
    }

    /** A turn ends here; answers how long it is, in ms. */
    long commit() {
        long ms = (bytes - committed) / BYTES_PER_MS;
        committed = bytes;
        return ms;
    }

    /** What was kept of the client's turn, which is the caller's now. */
    byte[] take() {
        byte[] pcm = kept.toByteArray();
        kept.reset();
        return Arrays.copyOf(pcm, pcm.length & ~1);
    }

    /** Drops what has not gone on. */
    void clear() {
        kept.reset();
        committed = bytes;
    }

    /** Sends turns of the client's as one, in the way in which turns are found now. */
    void sendTurn(List<byte[]> turns) {
        if (manual) {
            uplink.send(Messages.activityStart(), Waiting.Kind.AUDIO);
        }
        turns.forEach(pcm -> send(pcm, pcm.length));
        uplink.send(manual ? Messages.activityEnd() : Messages.audioStreamEnd(), Waiting.Kind.AUDIO);
    }
}

package dev.parley.benchmarks.provider;

import dev.parley.benchmarks.wire.AudioFrames;
import dev.parley.benchmarks.wire.AudioScript;
import dev.parley.benchmarks.wire.Link;
import dev.parley.benchmarks.wire.Loop;
import dev.parley.benchmarks.wire.Upgrade;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One session at the fake provider: each append is verified and answered by one delta with its numbers. */
final class ProviderLink extends Link {
    private static final String CREATED = "{\"type\":\"session.created\",\"event_id\":\"event_CqQ3FkTeHwLmZsUo1BxNi\","
            + "\"session\":{\"type\":\"realtime\",\"object\":\"realtime.session\",\"id\":\"sess_CqQ3FbYvAoPdGzJh9RtWc\","
            + "\"model\":\"gpt-realtime\",\"output_modalities\":[\"audio\"],\"tools\":[],\"tool_choice\":\"auto\","
            + "\"max_output_tokens\":\"inf\",\"tracing\":null,\"truncation\":\"auto\",\"prompt\":null,"
            + "\"expires_at\":1785217648,\"audio\":{\"input\":{\"format\":{\"type\":\"audio/pcm\",\"rate\":24000},"
            + "\"transcription\":null,\"noise_reduction\":null,\"turn_detection\":{\"type\":\"server_vad\","
            + "\"threshold\":0.5,\"prefix_padding_ms\":300,\"silence_duration_ms\":200,\"idle_timeout_ms\":null,"
            + "\"create_response\":true,\"interrupt_response\":true}},\"output\":{\"format\":{\"type\":\"audio/pcm\","
            + "\"rate\":24000},\"voice\":\"alloy\",\"speed\":1.0}},\"include\":null}}";
    /** A client that never reads says how much it wants to be sent. */
    private static final Pattern PUSH = Pattern.compile("\"push_events\":\"(\\d{1,9})\"");

    private static final int LONGEST_REQUEST = 1000;

    private final Loop loop;
    private final AudioScript appends;
    private final AudioFrames frames;
    private final Fault fault;
    private final ProviderCounts counts;
    private long session = -1;
    private int next;
    private int toPush;
    private int pushed;

    ProviderLink(
            Loop loop,
            SocketChannel channel,
            AudioScript appends,
            AudioFrames frames,
            Fault fault,
            ProviderCounts counts) {
        super(loop, channel, false);
        this.loop = loop;
        this.appends = appends;
        this.frames = frames;
        this.fault = fault;
        this.counts = counts;
        counts.connections++;
    }

    @Override
    protected void head(String head) throws IOException {
        write(Upgrade.response(head).orElseThrow(() -> new IOException("no WebSocket is asked for")));
        send(CREATED);
    }

    @Override
    public void text(ByteBuffer in, int at, int length, int mask) {
        if (!appends.isKind(in, at, length, mask)) {
            request(in, at, length, mask);
            return;
        }
        long tag = appends.verify(in, at, length, mask);
        if (tag < 0) {
            counts.altered++;
            return;
        }
        if (session < 0) {
            session = tag >>> 32;
        }
        int number = (int) tag;
        if (session != tag >>> 32 || number != next) {
            counts.misplaced++;
        }
        next = number + 1;
        counts.received++;
        reply((int) session, number);
    }

    private void reply(int to, int number) {
        boolean spoilt = fault != Fault.NONE && number % Fault.EVERY == Fault.EVERY - 1;
        if (spoilt && fault == Fault.DROP) {
            return;
        }
        put(to, number);
        if (spoilt && fault == Fault.DOUBLE) {
            put(to, number);
        } else if (spoilt) {
            int last = loop.out().position() - 3;
            loop.out().put(last, (byte) (loop.out().get(last) ^ 1));
        }
    }

    private void put(int to, int number) {
        if (loop.out().remaining() < frames.length()) {
            batchEnd();
        }
        frames.put(loop.out(), to, number);
    }

    @Override
    protected void batchEnd() {
        ByteBuffer out = loop.out();
        if (out.position() > 0) {
            write(out.flip());
            out.clear();
            // Who does not take answers is not read either, so that nothing piles up here.
            if (unsentBytes() > 0) {
                reading(false);
            }
        }
    }

    @Override
    protected void drained() {
        reading(true);
        push();
    }

    private void request(ByteBuffer in, int at, int length, int mask) {
        if (length > LONGEST_REQUEST) {
            return;
        }
        byte[] text = new byte[length];
        for (int i = 0; i < length; i++) {
            text[i] = (byte) (in.get(at + i) ^ mask >>> (24 - 8 * (i & 3)));
        }
        Matcher push = PUSH.matcher(new String(text, StandardCharsets.UTF_8));
        if (push.find()) {
            toPush = Integer.parseInt(push.group(1));
            push();
        }
    }

    private void push() {
        while (pushed < toPush && unsentBytes() == 0) {
            ByteBuffer out = loop.out();
            while (pushed < toPush && out.remaining() >= frames.length()) {
                frames.put(out, 0, pushed++);
            }
            counts.pushed += out.position();
            write(out.flip());
            out.clear();
        }
    }

    @Override
    protected void ended(String why) {
        counts.connections--;
    }
}

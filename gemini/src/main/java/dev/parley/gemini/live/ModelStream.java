package dev.parley.gemini.live;

import dev.parley.audio.Resampler;
import dev.parley.gemini.uplink.Uplink;
import dev.parley.gemini.wire.AudioMessage;
import dev.parley.gemini.wire.ServerMessage;
import dev.parley.gemini.wire.ServerMessage.Part;
import dev.parley.protocol.Bytes;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.Json;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Understands Gemini's messages one by one, and tells each part of them to whom it concerns. Lane only. */
final class ModelStream {
    private static final Logger LOG = LoggerFactory.getLogger(ModelStream.class);
    private static final int RATE = 24_000;

    private final GeminiSession session;
    private final Responses responses;
    private final UserTurn user;
    private final ToolCalls tools;
    private final Uplink uplink;
    private final Patience patience;
    private final AudioMessage audio = new AudioMessage();
    private @Nullable Resampler resampler;
    private long strange;

    ModelStream(
            GeminiSession session,
            Responses responses,
            UserTurn user,
            ToolCalls tools,
            Uplink uplink,
            Patience patience) {
        this.session = session;
        this.responses = responses;
        this.user = user;
        this.tools = tools;
        this.uplink = uplink;
        this.patience = patience;
    }

    void take(ControlEvent message) {
        if (audio.find(message.wire())) {
            Bytes base64 = message.wire().part(audio.from(), audio.to());
            responses.audio(base64, bytes(base64));
            patience.heard(responses.active());
            return;
        }
        ServerMessage read;
        try {
            read = ServerMessage.read(message.json());
        } catch (Json.JsonSyntaxException e) {
            strange(1);
            return;
        }
        if (read.strange() > 0) {
            strange(read.strange());
        }
        read.parts().forEach(this::part);
    }

    /** Counted, and logged without a word of it, now and then. */
    private void strange(int more) {
        long before = strange;
        strange += more;
        if (Long.numberOfLeadingZeros(before) != Long.numberOfLeadingZeros(strange)) {
            LOG.info("Gemini has sent {} things in this session that are not known here; they were left out", strange);
        }
    }

    private void part(Part part) {
        switch (part) {
            case Part.SetupComplete setup -> {}
            case Part.Audio sound -> {
                audio(sound);
                patience.heard(responses.active());
            }
            case Part.Text text -> {
                responses.text(text.text());
                patience.heard(responses.active());
            }
            case Part.Said said -> {
                responses.said(said.text());
                patience.heard(responses.active());
            }
            case Part.Heard heard -> {
                user.heard(heard.text(), heard.finished(), responses.active());
                if (user.open()) {
                    responses.newTurn();
                }
            }
            case Part.Calls calls -> {
                responses.calls(calls.calls(), calls.usage());
                session.settled();
                patience.heard(responses.active());
            }
            case Part.Cancelled cancelled -> {
                tools.cancelled(cancelled.ids());
                session.settled();
            }
            case Part.Interrupted interrupted -> {
                if (responses.interrupted()) {
                    session.cutIn();
                }
            }
            case Part.GenerationComplete complete -> responses.generationComplete();
            case Part.TurnComplete complete -> {
                if (responses.turnComplete(complete.reason())) {
                    patience.end();
                }
            }
            case Part.Used used -> responses.used(used.usage());
            case Part.GoAway away -> uplink.goAway(away.left());
            case Part.Resumable resumable -> uplink.resumption().resumable(resumable.handle());
            case Part.Activity activity -> activity(activity);
        }
    }

    private void activity(Part.Activity activity) {
        if (activity.starts()) {
            responses.newTurn();
            user.starts();
        }
    }

    private void audio(Part.Audio sound) {
        if (sound.rate() == RATE) {
            Bytes base64 = Bytes.of(sound.base64().getBytes(StandardCharsets.ISO_8859_1));
            if (base64(base64)) {
                responses.audio(base64, bytes(base64));
            } else {
                strange(1);
            }
            return;
        }
        try {
            byte[] pcm = resampled(Base64.getDecoder().decode(sound.base64()), sound.rate());
            responses.audio(Bytes.of(Base64.getEncoder().encode(pcm)), pcm.length);
        } catch (IllegalArgumentException e) {
            strange(1);
        }
    }

    /** Whether nothing is in it that would break the event it is put into. */
    private static boolean base64(Bytes text) {
        for (int i = 0; i < text.length(); i++) {
            byte b = text.at(i);
            if (b == '"' || b == '\\' || b < ' ') {
                return false;
            }
        }
        return true;
    }

    private byte[] resampled(byte[] pcm, int rate) {
        Resampler known = resampler;
        if (known == null || known.fromHz() != rate) {
            known = new Resampler(rate, RATE);
            resampler = known;
        }
        short[] in = new short[pcm.length / 2];
        ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(in);
        short[] out = new short[known.maxOutput(in.length)];
        int length = known.process(in, 0, in.length, out, 0);
        ByteBuffer bytes = ByteBuffer.allocate(2 * length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(out, 0, length);
        return bytes.array();
    }

    private static int bytes(Bytes base64) {
        int length = base64.length();
        int padding = 0;
        while (padding < 2 && padding < length && base64.at(length - 1 - padding) == '=') {
            padding++;
        }
        return (int) ((length - padding) * 3L / 4);
    }
}

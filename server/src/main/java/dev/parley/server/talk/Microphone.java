package dev.parley.server.talk;

import dev.parley.audio.Resampler;
import dev.parley.server.CommandException;
import dev.parley.server.call.FrameSource;
import dev.parley.server.call.Line;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.TargetDataLine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The computer's microphone. */
final class Microphone implements FrameSource {
    private static final Logger LOG = LoggerFactory.getLogger(Microphone.class);
    private static final int[] RATES = {24_000, 48_000, 44_100, 16_000};

    private final TargetDataLine line;
    private final Resampler resampler;
    private final byte[] bytes;
    private final short[] raw;
    /** Resampled and not yet given on. */
    private final short[] ready;

    private int waiting;

    private Microphone(TargetDataLine line) {
        this.line = line;
        int hertz = (int) line.getFormat().getSampleRate();
        resampler = new Resampler(hertz, Line.HERTZ);
        raw = new short[hertz / 100];
        bytes = new byte[2 * raw.length];
        ready = new short[Line.FRAME + resampler.maxOutput(raw.length)];
    }

    /** Opens the microphone. */
    static Microphone open() {
        for (int hertz : RATES) {
            try {
                AudioFormat format = new AudioFormat(hertz, 16, 1, true, false);
                TargetDataLine line = AudioSystem.getTargetDataLine(format);
                line.open(format, hertz / 5);
                line.start();
                return new Microphone(line);
            } catch (LineUnavailableException | IllegalArgumentException | SecurityException e) {
                LOG.debug("no microphone at {} Hz: {}", hertz, e.getMessage());
            }
        }
        throw CommandException.usage("Java finds no microphone that it may use ('parley doctor' tells more);"
                + " name a recording with --wav instead");
    }

    @Override
    public void next(short[] frame) throws InterruptedException {
        while (waiting < frame.length) {
            if (line.read(bytes, 0, bytes.length) < bytes.length) {
                throw new InterruptedException("the microphone was closed");
            }
            ByteBuffer.wrap(bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asShortBuffer()
                    .get(raw);
            waiting += resampler.process(raw, 0, raw.length, ready, waiting);
        }
        System.arraycopy(ready, 0, frame, 0, frame.length);
        waiting -= frame.length;
        System.arraycopy(ready, frame.length, ready, 0, waiting);
    }

    @Override
    public void close() {
        line.close();
    }
}

package dev.parley.audio;

import java.util.List;

/**
 * The way of one stream of sound from one {@link AudioCoding} to another. Takes chunks of any size, which may end within a
 * sample, and gives the same sound however the stream was cut.
 *
 * <p>What comes out is aligned with what went in: the first sample out stands for the first one in, and after
 * {@link #flush} both are equally long, to a sample, or to a packet. So a resampled stream is {@linkplain #delayMillis() a
 * few ms} behind until it is flushed.
 *
 * <p>Belongs to one stream and thread. Holds a few KiB, whatever passes.
 */
public final class AudioConverter {
    private final SampleReader reader;
    private final Resampler resampler;
    private final SampleWriter writer;
    private final short[] resampled;
    /** How many samples the filter is late, and so gives first for nothing. */
    private final int delay;

    private int skip;

    /**
     * A converter for a stream that begins.
     *
     * @throws IllegalArgumentException if one of both is not {@linkplain AudioCoding#known() known}
     */
    public AudioConverter(AudioCoding from, AudioCoding to) {
        reader = from.reader();
        writer = to.writer();
        resampler = new Resampler(from.hertz(), to.hertz());
        resampled = new short[Math.max(resampler.maxOutput(SampleReader.SLICE), resampler.maxFlush())];
        delay = (int) Math.round(resampler.delayMillis() * to.hertz() / 1000);
        skip = delay;
    }

    /**
     * Converts a chunk, or exactly one packet.
     *
     * @return what comes of it, each as the payload of one event: nothing, one chunk, or any number of packets
     * @throws IllegalArgumentException if it is no packet; the stream may go on
     */
    public List<byte[]> convert(byte[] chunk) {
        if (reader.whole()) {
            read(chunk, 0, chunk.length);
        } else {
            for (int at = 0; at < chunk.length; at += SampleReader.SLICE) {
                read(chunk, at, Math.min(chunk.length, at + SampleReader.SLICE));
            }
        }
        return writer.take();
    }

    private void read(byte[] chunk, int from, int to) {
        int count = reader.read(chunk, from, to);
        short[] samples = reader.samples();
        for (int at = 0; at < count; at += SampleReader.SLICE) {
            int length = Math.min(SampleReader.SLICE, count - at);
            write(resampler.process(samples, at, length, resampled, 0));
        }
    }

    private void write(int count) {
        int late = Math.min(skip, count);
        skip -= late;
        writer.write(resampled, late, count);
    }

    /** Gives the end of the stream, as {@link #convert} does, and makes the converter ready for a new one. */
    public List<byte[]> flush() {
        write(resampler.flush(resampled, 0));
        writer.end();
        List<byte[]> rest = writer.take();
        reset();
        return rest;
    }

    /** Forgets the stream so far. */
    public void reset() {
        reader.reset();
        resampler.reset();
        writer.reset();
        skip = delay;
    }

    /** How much sound is kept in the filter, in ms. */
    public double delayMillis() {
        return resampler.delayMillis();
    }
}

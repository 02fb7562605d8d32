package dev.parley.audio;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * A compressed way to write speech in packets of 20 ms, such as Opus: a module brings it, and {@link ServiceLoader} finds
 * it by its type. Inside it is mono at 24 kHz, whatever the packets hold.
 *
 * <p>Safe for use by all threads; what it makes belongs to one stream, and is called by one thread at a time. Neither may
 * block: both run on sessions' lanes.
 */
public interface FrameCodec {
    /** Samples a second on the side of PCM. */
    int HERTZ = 24_000;

    /** Samples in one packet of 20 ms. */
    int SAMPLES = 480;

    /** The type in a session's format, such as {@code audio/opus}. */
    String type();

    /** A decoder for a stream that begins. */
    Decoder decoder();

    /** An encoder for a stream that begins. */
    Encoder encoder();

    /** Reads one stream of packets. */
    interface Decoder {
        /**
         * What a packet holds: 16-bit samples at 24 kHz, as many as it is long.
         *
         * @param packet one packet, as it came
         * @throws IllegalArgumentException if it is none; the text quotes nothing of it, and the stream may go on
         */
        short[] decode(byte[] packet);
    }

    /** Writes one stream of packets. */
    interface Encoder {
        /**
         * One packet with 20 ms of sound.
         *
         * @param samples {@value FrameCodec#SAMPLES} 16-bit samples at 24 kHz; not kept
         */
        byte[] encode(short[] samples);
    }

    /** The codec of a type, if a module has brought one. */
    static Optional<FrameCodec> of(String type) {
        return Optional.ofNullable(Found.BY_TYPE.get(type));
    }

    /** The codecs of this process, looked up once. */
    final class Found {
        private static final Map<String, FrameCodec> BY_TYPE = all();

        private static Map<String, FrameCodec> all() {
            Map<String, FrameCodec> found = new HashMap<>();
            try {
                ServiceLoader.load(FrameCodec.class, FrameCodec.class.getClassLoader())
                        .forEach(codec -> found.putIfAbsent(codec.type(), codec));
            } catch (ServiceConfigurationError e) {
                // A codec that cannot be loaded is not there, which is told to whoever asks for it.
            }
            return Map.copyOf(found);
        }

        private Found() {}
    }
}

package dev.parley.audio;

/**
 * How sound is written in bytes: mono, as {@code audio/pcm} (16-bit signed little-endian samples), {@code audio/pcmu} or
 * {@code audio/pcma} (G.711, a byte a sample), or in packets of a {@link FrameCodec}.
 *
 * @param type as in a session's format
 * @param hertz samples a second; of packets, on their PCM side
 */
public record AudioCoding(String type, int hertz) {
    /** The type of 16-bit samples. */
    public static final String PCM = "audio/pcm";

    /** Whether this can be read and written here: packets need the module that brings their codec. */
    public boolean known() {
        return switch (type) {
            case PCM, "audio/pcmu", "audio/pcma" -> true;
            default -> FrameCodec.of(type).isPresent();
        };
    }

    SampleReader reader() {
        return switch (type) {
            case PCM -> new SampleReader.Pcm();
            case "audio/pcmu" -> new SampleReader.Companded(G711.MU_LAW);
            case "audio/pcma" -> new SampleReader.Companded(G711.A_LAW);
            default -> new SampleReader.Packets(codec());
        };
    }

    SampleWriter writer() {
        return switch (type) {
            case PCM -> new SampleWriter.Pcm();
            case "audio/pcmu" -> new SampleWriter.Companded(G711.MU_LAW);
            case "audio/pcma" -> new SampleWriter.Companded(G711.A_LAW);
            default -> new SampleWriter.Packets(codec());
        };
    }

    private FrameCodec codec() {
        return FrameCodec.of(type)
                .orElseThrow(() -> new IllegalArgumentException("there is no codec for " + type
                        + "; add the module that brings it, which for audio/opus is parley-opus"));
    }
}

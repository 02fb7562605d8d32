package dev.parley.transcode;

import dev.parley.RealtimeAudioFormat;
import dev.parley.audio.AudioCoding;
import dev.parley.audio.AudioConverter;
import java.util.Comparator;
import java.util.Set;

/**
 * How the audio of one direction is written on either side of a session.
 *
 * @param client as the client writes or reads it
 * @param provider as the provider does
 */
record Route(RealtimeAudioFormat client, RealtimeAudioFormat provider) {
    /** The route for a client's format: the same at a provider that has it, else the one that loses least. */
    static Route of(RealtimeAudioFormat client, Set<RealtimeAudioFormat> natives) {
        return natives.contains(client) || natives.isEmpty()
                ? same(client)
                : new Route(
                        client,
                        natives.stream()
                                .min(Comparator.comparingInt(format -> cost(client, format)))
                                .orElseThrow());
    }

    /** The route of audio that is passed on as it is. */
    static Route same(RealtimeAudioFormat format) {
        return new Route(format, format);
    }

    /** PCM at the lowest rate that keeps all of the sound, else at the highest there is, else what remains. */
    private static int cost(RealtimeAudioFormat client, RealtimeAudioFormat candidate) {
        if (!candidate.type().equals(AudioCoding.PCM)) {
            return candidate == RealtimeAudioFormat.PCMU ? 1_000_000 : 1_000_001;
        }
        return candidate.rate() >= client.rate() ? candidate.rate() : 500_000 - candidate.rate();
    }

    /** Whether the two sides differ. */
    boolean converts() {
        return client != provider;
    }

    /** A converter for a stream to the provider. */
    AudioConverter inward() {
        return new AudioConverter(coding(client), coding(provider));
    }

    /** A converter for a stream to the client. */
    AudioConverter outward() {
        return new AudioConverter(coding(provider), coding(client));
    }

    static AudioCoding coding(RealtimeAudioFormat format) {
        return new AudioCoding(format.type(), format.rate());
    }
}

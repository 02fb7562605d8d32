package dev.parley.provider.vendor;

import dev.parley.RealtimeAudioFormat;
import dev.parley.provider.Capabilities;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What the vendors' servers can do; what is not known of one is left for it to refuse. */
final class Abilities {
    private static final Set<RealtimeAudioFormat> ALL = RealtimeAudioFormat.PLAIN;
    private static final Set<RealtimeAudioFormat> GA =
            EnumSet.of(RealtimeAudioFormat.PCM_24K, RealtimeAudioFormat.PCMU, RealtimeAudioFormat.PCMA);

    /** OpenAI, and Azure OpenAI. */
    static final Capabilities OPENAI = capabilities(
            true,
            GA,
            GA,
            Set.of("alloy", "ash", "ballad", "coral", "echo", "sage", "shimmer", "verse", "marin", "cedar"),
            Optional.of("gpt-4o-mini-transcribe"),
            Optional.of(Duration.ofMinutes(60)));

    /** Servers of the user's own. */
    static final Capabilities COMPATIBLE = capabilities(true, ALL, ALL, Set.of(), Optional.empty(), Optional.empty());

    /** Everybody else. */
    static final Capabilities UNKNOWN = capabilities(false, ALL, ALL, Set.of(), Optional.empty(), Optional.empty());

    /** Alibaba Qwen-Omni. */
    static final Capabilities QWEN = capabilities(
            false,
            EnumSet.of(RealtimeAudioFormat.PCM_16K),
            EnumSet.of(RealtimeAudioFormat.PCM_24K),
            Set.of(),
            Optional.empty(),
            Optional.empty());

    private Abilities() {}

    private static Capabilities capabilities(
            boolean passThrough,
            Set<RealtimeAudioFormat> input,
            Set<RealtimeAudioFormat> output,
            Set<String> voices,
            Optional<String> transcriptionModel,
            Optional<Duration> longest) {
        return new Capabilities(
                passThrough,
                true,
                true,
                Set.of("audio", "text"),
                input,
                output,
                voices,
                Set.of("server_vad", "semantic_vad", "none"),
                transcriptionModel,
                true,
                true,
                true,
                true,
                false,
                false,
                longest,
                Capabilities.Billing.TOKENS);
    }
}

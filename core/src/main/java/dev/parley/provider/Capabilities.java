package dev.parley.provider;

import dev.parley.RealtimeAudioFormat;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What a provider can do with one model.
 *
 * @param passThrough whether it takes OpenAI's events as they are, ones unknown to Parley included
 * @param turns whether the conversation has turns and responses at all
 * @param answersOnDemand whether a turn that it finds can wait, written down, for a request to answer it; guardrails of what the
 *     user says need that
 * @param modalities what it answers in: {@code audio}, {@code text}
 * @param inputFormats the audio it takes
 * @param outputFormats the audio it gives
 * @param voices the names of its voices; empty: any name is passed on and the provider decides
 * @param turnDetection the kinds it knows: {@code server_vad}, {@code semantic_vad}, {@code none}
 * @param transcriptionModel what writes down the user's speech where a session wants that and names nothing; empty: nothing
 *     is known to
 * @param changesInstructions whether instructions may change during a session
 * @param changesTools whether tools may change during a session
 * @param truncates whether {@code conversation.item.truncate} works
 * @param cancels whether {@code response.cancel} works
 * @param verbatim whether a {@code response.create} may have {@code "response":{"parley":{"say":WORDS}}}, and then says
 *     these words as nearly as the model can
 * @param resumes whether a leg can start from another's handle
 * @param longestSession after which the provider ends a session; empty: never
 * @param billing what is paid for
 */
public record Capabilities(
        boolean passThrough,
        boolean turns,
        boolean answersOnDemand,
        Set<String> modalities,
        Set<RealtimeAudioFormat> inputFormats,
        Set<RealtimeAudioFormat> outputFormats,
        Set<String> voices,
        Set<String> turnDetection,
        Optional<String> transcriptionModel,
        boolean changesInstructions,
        boolean changesTools,
        boolean truncates,
        boolean cancels,
        boolean verbatim,
        boolean resumes,
        Optional<Duration> longestSession,
        Billing billing) {

    public Capabilities {
        modalities = Set.copyOf(modalities);
        inputFormats = Set.copyOf(inputFormats);
        outputFormats = Set.copyOf(outputFormats);
        voices = Set.copyOf(voices);
        turnDetection = Set.copyOf(turnDetection);
    }

    /** What a provider charges for. */
    public enum Billing {
        /** Nothing: it runs here. */
        FREE,
        /** Tokens, as {@code response.done} tells them. */
        TOKENS,
        /** Seconds of connection. */
        SECONDS
    }
}

package dev.parley.testkit.gemini;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The user's speech, as it comes in. */
final class UserInput {
    private final SpeechEnergy energy;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private int hertz = 16_000;

    /** What happens when somebody begins to speak. */
    @FunctionalInterface
    interface Beginning {
        void begins() throws IOException;
    }

    UserInput(int silenceMillis) {
        this.energy = new SpeechEnergy(silenceMillis);
    }

    boolean speaking() {
        return energy.speaking();
    }

    void clear() {
        kept.reset();
    }

    /** Keeps audio of an activity that the client ends itself. */
    void keep(JsonNode audio) throws Violation {
        hertz = MessageRules.hertz(audio);
        kept.writeBytes(MessageRules.data(audio));
    }

    /** Listens for the begin and the end of speech; the turn that has ended, if one has. */
    Optional<UserTurn> hear(JsonNode audio, Beginning beginning) throws Violation, IOException {
        hertz = MessageRules.hertz(audio);
        Optional<UserTurn> turn = Optional.empty();
        for (byte next : MessageRules.data(audio)) {
            Optional<SpeechEnergy.Edge> edge = energy.hear(next, hertz);
            if (edge.isPresent() && edge.get() == SpeechEnergy.Edge.BEGINS) {
                beginning.begins();
            } else if (edge.isPresent()) {
                turn = Optional.of(end());
            }
        }
        return turn;
    }

    /** The turn that ends here. */
    UserTurn end() {
        kept.writeBytes(energy.end());
        byte[] pcm = kept.toByteArray();
        kept.reset();
        return new UserTurn.Speech(pcm, hertz);
    }
}

package dev.parley.gemini.setup;

import dev.parley.OpenAIVoice;
import dev.parley.RealtimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gemini's voices by their names, written as Google writes them, and by OpenAI's, which a table turns into Gemini's. A
 * session shows the name that the client asked for. Immutable.
 */
public final class Voices {
    private static final List<String> GEMINI = List.of(
            "Achernar",
            "Achird",
            "Algenib",
            "Algieba",
            "Alnilam",
            "Aoede",
            "Autonoe",
            "Callirrhoe",
            "Charon",
            "Despina",
            "Enceladus",
            "Erinome",
            "Fenrir",
            "Gacrux",
            "Iapetus",
            "Kore",
            "Laomedeia",
            "Leda",
            "Orus",
            "Pulcherrima",
            "Puck",
            "Rasalgethi",
            "Sadachbia",
            "Sadaltager",
            "Schedar",
            "Sulafat",
            "Umbriel",
            "Vindemiatrix",
            "Zephyr",
            "Zubenelgenubi");

    /** OpenAI's voices, each as one of Gemini's that is described alike. */
    private static final Map<OpenAIVoice, String> OPENAI = Map.of(
            OpenAIVoice.ALLOY, "Kore",
            OpenAIVoice.ASH, "Orus",
            OpenAIVoice.BALLAD, "Algieba",
            OpenAIVoice.CORAL, "Leda",
            OpenAIVoice.ECHO, "Charon",
            OpenAIVoice.SAGE, "Sulafat",
            OpenAIVoice.SHIMMER, "Aoede",
            OpenAIVoice.VERSE, "Puck",
            OpenAIVoice.MARIN, "Zephyr",
            OpenAIVoice.CEDAR, "Iapetus");

    /** The voices with no change to the table. */
    public static final Voices STANDARD = new Voices(Map.of());

    private final Map<String, String> others;
    private final List<String> names;

    private Voices(Map<String, String> replaced) {
        Map<String, String> table = new TreeMap<>();
        Arrays.stream(OpenAIVoice.values()).forEach(voice -> table.put(voice.wireName(), gemini(voice)));
        table.putAll(replaced);
        others = Map.copyOf(table);
        names = new ArrayList<>(GEMINI);
        table.keySet().stream().filter(name -> !GEMINI.contains(name)).forEach(names::add);
    }

    private static String gemini(OpenAIVoice voice) {
        return OPENAI.getOrDefault(voice, "Kore");
    }

    /**
     * The voices with changes to the table.
     *
     * @param replaced Gemini's names by the names that sessions ask for, which may be new ones
     * @throws RealtimeException.InvalidConfig if one is not a voice of Gemini's
     */
    public static Voices with(Map<String, String> replaced) {
        replaced.forEach((name, voice) -> {
            if (!GEMINI.contains(voice)) {
                throw new RealtimeException.InvalidConfig("the voice '" + name + "' is to be Gemini's '" + voice
                        + "', which there is not; there are " + GEMINI);
            }
        });
        return new Voices(replaced);
    }

    /** All names that sessions may ask for: Gemini's, then the table's. */
    public List<String> names() {
        return List.copyOf(names);
    }

    /** Gemini's name of a voice that is among {@link #names}. */
    String gemini(String name) {
        return others.getOrDefault(name, name);
    }
}

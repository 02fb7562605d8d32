package dev.parley.gemini.setup;

import dev.parley.RealtimeException;
import dev.parley.gemini.setup.GeminiModel.TextInput;
import dev.parley.gemini.setup.GeminiModel.Thinking;
import dev.parley.protocol.Json;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The models of Gemini Live that are known, each row for all names that begin with its own. A name that no row fits gets what
 * any of them can do.
 */
public final class ModelTable {
    /** What sessions get that name none. */
    public static final String STANDARD = "gemini-3.8-live";

    /** Connections of these models last for about 10 minutes. */
    private static final Duration SHORT = Duration.ofMinutes(9);
    /** One of Gemini 3.8 is closed after 58 minutes. */
    private static final Duration LONG = Duration.ofMinutes(55);

    private static final Row UNKNOWN =
            new Row("", Home.BOTH, TextInput.CONTENT, false, true, false, true, " ", Thinking.LEVEL, SHORT);

    private static final List<Row> ROWS = List.of(
            new Row(STANDARD, Home.BOTH, TextInput.CONTENT, true, true, false, true, " ", Thinking.FORBIDDEN, LONG),
            new Row(
                    "gemini-3.8-live-extended-thinking",
                    Home.DEVELOPER,
                    TextInput.CONTENT,
                    true,
                    true,
                    false,
                    true,
                    " ",
                    Thinking.REQUIRED,
                    LONG),
            new Row(
                    "gemini-3.1-flash-live",
                    Home.DEVELOPER,
                    TextInput.REALTIME,
                    false,
                    true,
                    true,
                    false,
                    " ",
                    Thinking.LEVEL,
                    SHORT),
            new Row(
                    "gemini-live-2.5-flash-native-audio",
                    Home.VERTEX,
                    TextInput.CONTENT,
                    false,
                    false,
                    false,
                    true,
                    ".",
                    Thinking.BUDGET,
                    SHORT),
            new Row(
                    "gemini-2.5-flash-native-audio",
                    Home.DEVELOPER,
                    TextInput.CONTENT,
                    false,
                    false,
                    false,
                    true,
                    ".",
                    Thinking.BUDGET,
                    SHORT),
            new Row(
                    "gemini-3.5-live-translate",
                    Home.DEVELOPER,
                    TextInput.REALTIME,
                    false,
                    false,
                    false,
                    false,
                    " ",
                    Thinking.FORBIDDEN,
                    SHORT));

    private ModelTable() {}

    /**
     * What is known of a model.
     *
     * @param name with {@code models/} or a Vertex path in front or not; a name of OpenAI's stands for {@code otherwise}
     * @param otherwise the provider's own model
     * @throws RealtimeException.InvalidConfig if it is not one of this service
     */
    public static GeminiModel find(String name, String otherwise, Endpoint endpoint) {
        String bare = bare(isOpenAI(name) ? otherwise : name);
        Row row = ROWS.stream()
                .filter(each -> bare.equals(each.family) || bare.startsWith(each.family + "-"))
                .max(Comparator.comparingInt(each -> each.family.length()))
                .orElse(UNKNOWN);
        boolean vertex = endpoint instanceof Endpoint.Vertex;
        if (row.home == (vertex ? Home.DEVELOPER : Home.VERTEX)) {
            throw new RealtimeException.InvalidConfig("the model '" + bare + "' is not one of " + endpoint.title()
                    + "; use the provider '" + (vertex ? "gemini" : "vertex")
                    + "' for it, or name another model such as "
                    + STANDARD);
        }
        return row.model(bare, endpoint.path(bare), vertex);
    }

    /** Whether a name is one of OpenAI's models. */
    static boolean isOpenAI(String name) {
        return name.toLowerCase(Locale.ROOT).startsWith("gpt-");
    }

    private static String bare(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** Where a model is. */
    private enum Home {
        DEVELOPER,
        VERTEX,
        BOTH
    }

    /** What the models of one family have in common. */
    private record Row(
            String family,
            Home home,
            TextInput textInput,
            boolean contextUpdate,
            boolean initialHistory,
            boolean holdsAudioInCalls,
            boolean cancels,
            String nudge,
            Thinking thinking,
            Duration longestConnection) {
        GeminiModel model(String name, String path, boolean vertex) {
            return new GeminiModel(
                    name,
                    path,
                    false,
                    textInput,
                    contextUpdate,
                    // Vertex refuses historyConfig and ids of calls, and is alone in telling voice activity.
                    initialHistory && !vertex,
                    !vertex,
                    holdsAudioInCalls,
                    cancels,
                    nudge,
                    false,
                    thinking,
                    vertex,
                    longestConnection,
                    "",
                    Json.object());
        }
    }
}

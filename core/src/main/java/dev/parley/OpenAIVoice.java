package dev.parley;

import java.util.Locale;

/** The voices of OpenAI Realtime. */
public enum OpenAIVoice {
    ALLOY,
    ASH,
    BALLAD,
    CORAL,
    ECHO,
    SAGE,
    SHIMMER,
    VERSE,
    MARIN,
    CEDAR;

    /** The name on the wire, such as {@code marin}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

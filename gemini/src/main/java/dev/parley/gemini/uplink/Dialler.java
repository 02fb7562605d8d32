package dev.parley.gemini.uplink;

import dev.parley.gemini.wire.GeminiDialect;
import dev.parley.leg.Leg;
import dev.parley.leg.LegListener;

/** Opens connections to Gemini Live, with the credentials that hold at that time. */
public interface Dialler {
    /**
     * Begins to connect; what comes is told as {@link GeminiDialect} makes it. Called on the lane; the leg may be closed at
     * once.
     */
    Leg dial(LegListener listener);
}

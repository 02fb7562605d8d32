package dev.parley.interop;

/** What is behind the gateway that a client is tried on. */
enum Behind {
    /** The embedded provider, which hears, answers and speaks. */
    EMBEDDED,
    /** A scripted OpenAI, to which everything passes as it is. */
    SCRIPTED,
    /** A scripted Gemini Live, to which everything is translated. */
    GEMINI
}

package dev.parley.gemini.setup;

/** Gemini's voices by their names, and by OpenAI's. */
public final class Voices {}

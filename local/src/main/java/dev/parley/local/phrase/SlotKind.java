package dev.parley.local.phrase;

/**
 * A kind of slot that a phrasebook brings along.
 *
 * @param rule its name in a grammar
 * @param jsgf what can be said
 * @param reader reads what was said
 */
record SlotKind(String rule, String jsgf, Phrase.Slot reader) {}

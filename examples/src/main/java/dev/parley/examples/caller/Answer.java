package dev.parley.examples.caller;

/**
 * What a caller heard.
 *
 * @param words the transcript
 * @param audioMs how long it takes to listen to
 */
public record Answer(String words, int audioMs) {}

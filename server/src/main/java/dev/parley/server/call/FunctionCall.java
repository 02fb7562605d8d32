package dev.parley.server.call;

/**
 * A call of a function that the model wants made.
 *
 * @param callId names the call in its answer
 * @param arguments a JSON object
 */
public record FunctionCall(String callId, String name, String arguments) {}

package dev.parley.local.mind;

import java.util.List;

/** Answers turns: with text, with function calls, or both. Safe for use by several threads. */
public interface Responder extends AutoCloseable {
    /**
     * Answers, and returns when the answer is whole. Runs on a thread of its own and may block; it is interrupted when
     * the answer is no longer wanted.
     *
     * @throws ResponderException if there is no answer; its text goes to the client
     */
    void reply(Request request, Sink sink);

    /** Frees what it holds. */
    @Override
    default void close() {}

    /**
     * What is to be answered.
     *
     * @param turns the conversation, oldest first
     * @param parallelCalls whether the answer may hold more than one function call
     * @param maxTokens the longest answer in tokens; {@link Integer#MAX_VALUE}: no limit
     */
    record Request(
            String instructions,
            List<Turn> turns,
            List<Tool> tools,
            ToolChoice toolChoice,
            boolean parallelCalls,
            int maxTokens) {
        public Request {
            turns = List.copyOf(turns);
            tools = List.copyOf(tools);
        }
    }

    /** Takes an answer as it is made. */
    interface Sink {
        /**
         * Takes the next piece of text, of any length.
         *
         * @return whether to go on
         */
        boolean text(String piece);

        /**
         * Takes a whole function call.
         *
         * @param arguments a JSON object
         * @return whether to go on
         */
        boolean call(String name, String arguments);
    }
}

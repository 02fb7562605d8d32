package dev.parley.local.mind;

import java.time.LocalTime;
import tools.jackson.databind.node.ObjectNode;

/** What a user may want of the demo. */
sealed interface Intent {
    /** The time of day. */
    record Time() implements Intent {}

    /** The date or the day of the week. */
    record Date() implements Intent {}

    /** A calculation with two whole numbers. */
    record Arithmetic(int a, Operation operation, int b) implements Intent {}

    /** A light.
     *
     * @param room its room; empty: the light
     */
    record Light(boolean on, String room) implements Intent {}

    /**
     * A table in a restaurant.
     *
     * @param day {@code today}, {@code tonight} or {@code tomorrow}; empty: not said
     */
    record Booking(int people, LocalTime time, String day) implements Intent {}

    /** Digits that are to be said again. */
    record Digits(String digits) implements Intent {}

    /**
     * The weather.
     *
     * @param place as it was typed, with capitals; empty: not said
     */
    record Weather(String place) implements Intent {}

    /** What none of the phrases is, and what only a tool may know. */
    record Other(String text) implements Intent {}

    /** A call of the tool that a phrase of the application's names. */
    record Call(String tool, ObjectNode arguments) implements Intent {}

    /** Words of the application's. */
    record Say(String words) implements Intent {}

    record Help() implements Intent {}

    record Hello() implements Intent {}

    record Thanks() implements Intent {}

    record Goodbye() implements Intent {}

    record Stop() implements Intent {}

    /** What is done with two numbers. */
    enum Operation {
        PLUS("plus"),
        MINUS("minus"),
        TIMES("times"),
        DIVIDED_BY("divided by");

        private final String words;

        Operation(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }
}

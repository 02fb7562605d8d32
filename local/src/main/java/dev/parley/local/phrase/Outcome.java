package dev.parley.local.phrase;

import tools.jackson.databind.node.ObjectNode;

/** What a phrase of an application leads to, its slots filled in. */
public sealed interface Outcome {
    /** A call of the session's tool of this name. */
    record Call(String tool, ObjectNode arguments) implements Outcome {}

    /** These words. */
    record Say(String words) implements Outcome {}
}

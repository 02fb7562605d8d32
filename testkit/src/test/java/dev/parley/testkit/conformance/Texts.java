package dev.parley.testkit.conformance;

import dev.parley.dialect.Dialect;
import dev.parley.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;

/** Keeps the messages of a dialect that writes texts alone. */
final class Texts implements Dialect.Messages {
    final List<Bytes> messages = new ArrayList<>();

    @Override
    public void text(Bytes message) {
        messages.add(message.copy());
    }

    @Override
    public void binary(Bytes message) {
        throw new AssertionError("a binary message where none is known");
    }
}

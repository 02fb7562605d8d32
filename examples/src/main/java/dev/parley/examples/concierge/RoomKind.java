package dev.parley.examples.concierge;

import java.util.Locale;

/** What rooms the hotel has. */
enum RoomKind {
    SINGLE,
    DOUBLE,
    FAMILY;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

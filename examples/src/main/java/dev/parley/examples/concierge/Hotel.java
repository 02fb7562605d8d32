package dev.parley.examples.concierge;

import dev.parley.tool.ToolException;
import java.time.LocalTime;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;

/** A hotel's rooms and bookings. Safe for use by all threads. */
final class Hotel {
    /**
     * A room that is taken.
     *
     * @param call the session in which it was booked
     */
    record Booking(String number, RoomKind kind, int nights, String call) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<RoomKind, Integer> free = new EnumMap<>(Map.of(RoomKind.SINGLE, 3, RoomKind.DOUBLE, 1));
    private final Map<String, Booking> bookings = new LinkedHashMap<>();
    private final Callable<LocalTime> spa;
    private int lastNumber = 4_000;

    /** @param spa asks the spa, which may take its time, when it has a free hour */
    Hotel(Callable<LocalTime> spa) {
        this.spa = spa;
    }

    int free(RoomKind kind) {
        lock.lock();
        try {
            return free.getOrDefault(kind, 0);
        } finally {
            lock.unlock();
        }
    }

    Booking book(RoomKind kind, int nights, String call) throws ToolException {
        lock.lock();
        try {
            if (free.getOrDefault(kind, 0) == 0) {
                throw new ToolException("No " + kind + " room is free. Offer another kind.");
            }
            free.merge(kind, -1, Integer::sum);
            Booking made = new Booking(Integer.toString(++lastNumber), kind, nights, call);
            bookings.put(made.number(), made);
            return made;
        } finally {
            lock.unlock();
        }
    }

    Optional<Booking> booking(String number) {
        lock.lock();
        try {
            return Optional.ofNullable(bookings.get(number));
        } finally {
            lock.unlock();
        }
    }

    void cancel(Booking booking) {
        lock.lock();
        try {
            if (bookings.remove(booking.number(), booking)) {
                free.merge(booking.kind(), 1, Integer::sum);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes as long as the spa does. */
    LocalTime askSpa() throws Exception {
        return spa.call();
    }
}

package dev.parley.examples.callcentre;

import dev.parley.RealtimeSession;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Who waits for a person, in order. Safe for use by all threads. */
final class Waiting {
    /** Somebody who waits. */
    record Customer(RealtimeSession call, String name, String reason) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Customer> customers = new ArrayDeque<>();

    /** Answers the place in the queue, from 1. */
    int add(Customer customer) {
        lock.lock();
        try {
            customers.add(customer);
            return customers.size();
        } finally {
            lock.unlock();
        }
    }

    /** Who is next. */
    Optional<Customer> next() {
        lock.lock();
        try {
            return Optional.ofNullable(customers.poll());
        } finally {
            lock.unlock();
        }
    }

    /** Takes out who has hung up; answers whether they had waited. */
    boolean gone(RealtimeSession call) {
        lock.lock();
        try {
            for (Iterator<Customer> each = customers.iterator(); each.hasNext(); ) {
                if (each.next().call().id().equals(call.id())) {
                    each.remove();
                    return true;
                }
            }
            return false;
        } finally {
            lock.unlock();
        }
    }
}

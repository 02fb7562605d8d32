package dev.parley.examples.callcentre;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** How calls ended, in order. Safe for use by all threads. */
final class CallLog {
    private final BlockingQueue<String> entries = new LinkedBlockingQueue<>();

    void ended(String caller, String how) {
        entries.add(caller + " " + how);
    }

    /** The next entry, waited for at most 30 s. */
    String next() throws InterruptedException {
        String entry = entries.poll(30, TimeUnit.SECONDS);
        if (entry == null) {
            throw new IllegalStateException("no call has ended for 30 s");
        }
        return entry;
    }

    List<String> all() {
        return List.copyOf(entries);
    }
}

package dev.parley.examples.gamenpc;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Whom the game is about: coins and a bag. Safe for use by all threads. */
final class Player {
    /** Under which an agent's session keeps its player. */
    static final String ATTRIBUTE = "player";

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Ware, Integer> bag = new EnumMap<>(Ware.class);
    private int coins;

    Player(int coins) {
        this.coins = coins;
    }

    /** Pays, if there is enough to pay with. */
    boolean buy(Ware ware) {
        lock.lock();
        try {
            if (coins < ware.coins) {
                return false;
            }
            coins -= ware.coins;
            bag.merge(ware, 1, Integer::sum);
            return true;
        } finally {
            lock.unlock();
        }
    }

    int coins() {
        lock.lock();
        try {
            return coins;
        } finally {
            lock.unlock();
        }
    }

    int has(Ware ware) {
        lock.lock();
        try {
            return bag.getOrDefault(ware, 0);
        } finally {
            lock.unlock();
        }
    }
}

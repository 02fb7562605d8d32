package dev.parley.examples.gamenpc;

import java.util.Locale;

/** What the innkeeper sells. */
enum Ware {
    TORCH(3),
    ROPE(5),
    SWORD(40);

    final int coins;

    Ware(int coins) {
        this.coins = coins;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

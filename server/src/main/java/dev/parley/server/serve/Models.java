package dev.parley.server.serve;

import dev.parley.local.LocalProvider;
import dev.parley.provider.RealtimeProvider;
import dev.parley.server.Screen;
import dev.parley.server.Screen.Style;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/** Loads what a provider needs before its first session. */
public final class Models {
    private Models() {}

    /** Loads the models of a provider that has any, and says what it is doing. */
    static void load(RealtimeProvider provider, Screen screen) {
        if (provider instanceof LocalProvider local) {
            load(local, screen, step -> {});
        }
    }

    /**
     * Loads the models of the embedded provider, and says what it is doing.
     *
     * @param done told of each step, too
     */
    public static void load(LocalProvider provider, Screen screen, Consumer<String> done) {
        screen.line(Style.DIM, "loading the models that hear and speak…");
        long start = System.nanoTime();
        provider.warmUp((step, took) -> {
            screen.line(Style.DIM, "  " + step + " " + seconds(took));
            done.accept(step);
        });
        screen.line(Style.DIM, "  all ready after " + seconds(Duration.ofNanos(System.nanoTime() - start)));
    }

    private static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
    }
}

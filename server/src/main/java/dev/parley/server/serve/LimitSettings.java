package dev.parley.server.serve;

import dev.parley.RealtimeException;
import dev.parley.RealtimeModuleOptions;
import dev.parley.server.CommandException;
import dev.parley.session.SessionLimits;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What sessions may take: the settings under {@code limits}.
 *
 * @param session what each may take
 * @param maxSessions how many there may be at once; empty: any number
 * @param buffers bytes that may wait in all of them together; empty: the library's usual
 * @param providerIdle silence after which a provider is taken for stalled; empty: the library's usual
 */
record LimitSettings(
        SessionLimits session, OptionalInt maxSessions, OptionalLong buffers, Optional<Duration> providerIdle) {
    private static final Pattern QUANTITY = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,6})?)\\s*([A-Za-z]+)");
    private static final Pattern PLAIN = Pattern.compile("\\d+");
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);
    /** As the providers have it. */
    private static final long SHORTEST_IDLE = 100;

    private static final Map<String, Long> TIMES = Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L);
    private static final Map<String, Long> SIZES = Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);

    /** Reads the limits out of all settings; throws {@link CommandException} where one is wrong. */
    static LimitSettings of(Map<Key, Setting> all) {
        SessionLimits.Builder session = SessionLimits.builder();
        time(all, Key.DIAL_TIMEOUT, session::dialTimeout);
        size(all, Key.DIAL_BUFFER, session::dialBuffer);
        size(all, Key.OUTBOX, session::outbox);
        size(all, Key.HIGH_WATER, session::highWater);
        time(all, Key.STUCK, session::stuck);
        time(all, Key.FAREWELL, session::farewell);
        size(all, Key.MAX_MESSAGE, session::maxMessage);
        size(all, Key.MAX_AUDIO, session::maxAudio);
        time(all, Key.LONGEST, session::longest);
        time(all, Key.CLIENT_IDLE, session::clientIdle);
        try {
            return new LimitSettings(
                    session.build(),
                    Optional.ofNullable(all.get(Key.MAX_SESSIONS))
                            .map(setting -> OptionalInt.of(count(setting)))
                            .orElse(OptionalInt.empty()),
                    Optional.ofNullable(all.get(Key.BUFFERS))
                            .map(setting -> OptionalLong.of(size(Key.BUFFERS, setting)))
                            .orElse(OptionalLong.empty()),
                    Optional.ofNullable(all.get(Key.PROVIDER_IDLE)).map(LimitSettings::providerIdle));
        } catch (RealtimeException e) {
            throw CommandException.usage("limits: " + hyphenated(String.valueOf(e.getMessage())));
        }
    }

    /** Sets what a module takes of them. */
    void apply(RealtimeModuleOptions.Builder options) {
        options.limits(session);
        maxSessions.ifPresent(options::maxSessions);
        buffers.ifPresent(options::buffers);
    }

    private static void time(Map<Key, Setting> all, Key key, Consumer<Duration> to) {
        Setting setting = all.get(key);
        if (setting != null) {
            to.accept(Duration.ofMillis(quantity(key, setting, TIMES, "a time such as 500ms, 30s, 10m or 1h")));
        }
    }

    private static void size(Map<Key, Setting> all, Key key, Consumer<Integer> to) {
        Setting setting = all.get(key);
        if (setting != null) {
            long bytes = size(key, setting);
            if (bytes > Integer.MAX_VALUE) {
                throw wrong(key, setting, "it must be less than 2GiB");
            }
            to.accept((int) bytes);
        }
    }

    private static long size(Key key, Setting setting) {
        return quantity(key, setting, SIZES, "a size such as 512KiB, 32MiB or 1GiB");
    }

    /** The variable has been in ms without a unit from the start. */
    private static Duration providerIdle(Setting setting) {
        String text = setting.value().strip();
        Setting united = PLAIN.matcher(text).matches() ? new Setting(text + "ms", setting.where()) : setting;
        long ms = quantity(Key.PROVIDER_IDLE, united, TIMES, "a time such as 500ms, 30s or 1m");
        if (ms < SHORTEST_IDLE) {
            throw wrong(Key.PROVIDER_IDLE, setting, "it must be at least " + SHORTEST_IDLE + "ms");
        }
        return Duration.ofMillis(ms);
    }

    private static int count(Setting setting) {
        String text = setting.value().strip();
        if (PLAIN.matcher(text).matches() && text.length() < 10 && Integer.parseInt(text) > 0) {
            return Integer.parseInt(text);
        }
        throw wrong(Key.MAX_SESSIONS, setting, "it must be a whole number above 0, of at most nine digits");
    }

    private static long quantity(Key key, Setting setting, Map<String, Long> units, String expected) {
        Matcher matcher = QUANTITY.matcher(setting.value().strip());
        Long unit = matcher.matches() ? units.get(matcher.group(2)) : null;
        if (unit == null) {
            throw wrong(key, setting, "it must be " + expected);
        }
        BigDecimal value = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit));
        if (value.compareTo(MOST) > 0) {
            throw wrong(key, setting, "that is more than can be counted");
        }
        return value.longValue();
    }

    private static CommandException wrong(Key key, Setting setting, String problem) {
        return CommandException.usage(
                setting.where() + ": '" + key.path() + "' is '" + setting.value() + "'; " + problem);
    }

    /** The library's names as the file has them. */
    private static String hyphenated(String message) {
        return Pattern.compile("\\b([a-z]+)([A-Z])([a-z]+)\\b")
                .matcher(message)
                .replaceAll(name -> name.group(1) + "-" + name.group(2).toLowerCase(Locale.ROOT) + name.group(3));
    }
}

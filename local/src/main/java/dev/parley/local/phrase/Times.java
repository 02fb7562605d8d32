package dev.parley.local.phrase;

import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times of day as they are spoken, in English. */
public final class Times {
    private static final Pattern CLOCK = Pattern.compile("([0-9]{1,2}):([0-9]{2})");

    private Times() {}

    /**
     * The time of day that these words say. An hour that is not said to be in the morning or the evening is meant for
     * dinner: "seven" is 19:00.
     */
    public static Optional<LocalTime> parse(List<String> words) {
        String last = words.size() > 1 ? words.getLast() : "";
        if (last.equals("m") && words.size() > 2) {
            String half = words.get(words.size() - 2);
            if (half.equals("a") || half.equals("p")) {
                return hourAndMinute(words.subList(0, words.size() - 2), half);
            }
        }
        if (last.equals("am") || last.equals("pm")) {
            return hourAndMinute(words.subList(0, words.size() - 1), last.substring(0, 1));
        }
        return hourAndMinute(words, "");
    }

    private static Optional<LocalTime> hourAndMinute(List<String> words, String half) {
        if (words.equals(List.of("noon"))) {
            return Optional.of(LocalTime.NOON);
        }
        if (words.size() == 3 && words.getFirst().equals("half") && words.get(1).equals("past")) {
            return clock(Numbers.parse(words.subList(2, 3)), 30, half);
        }
        Matcher typed = CLOCK.matcher(words.getFirst());
        if (words.size() == 1 && typed.matches()) {
            return clock(OptionalInt.of(Integer.parseInt(typed.group(1))), Integer.parseInt(typed.group(2)), half);
        }
        OptionalInt hour = Numbers.parse(words.subList(0, 1));
        List<String> rest = words.subList(1, words.size());
        if (rest.isEmpty() || rest.equals(List.of("o'clock"))) {
            return clock(hour, 0, half);
        }
        OptionalInt minute = Numbers.parse(rest);
        return minute.isPresent() && minute.getAsInt() >= 10 ? clock(hour, minute.getAsInt(), half) : Optional.empty();
    }

    private static Optional<LocalTime> clock(OptionalInt said, int minute, String half) {
        if (said.isEmpty() || said.getAsInt() > 23 || minute > 59) {
            return Optional.empty();
        }
        int hour = said.getAsInt();
        if (hour > 12 || hour == 0) {
            return Optional.of(LocalTime.of(hour, minute));
        }
        boolean evening = half.equals("p") || (half.isEmpty() && hour != 11);
        return Optional.of(LocalTime.of(hour % 12 + (evening ? 12 : 0), minute));
    }

    /** A time of day in words, such as "seven thirty p.m.". */
    public static String words(LocalTime time) {
        int hour = time.getHour() % 12 == 0 ? 12 : time.getHour() % 12;
        int minute = time.getMinute();
        String minutes = minute == 0 ? "" : minute < 10 ? " oh " + Numbers.words(minute) : " " + Numbers.words(minute);
        return Numbers.words(hour) + minutes + (time.getHour() < 12 ? " a.m." : " p.m.");
    }

    /** A time of day in digits, such as "19:30". */
    public static String digits(LocalTime time) {
        return String.format(Locale.ROOT, "%02d:%02d", time.getHour(), time.getMinute());
    }
}

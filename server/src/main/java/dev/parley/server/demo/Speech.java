package dev.parley.server.demo;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;

/** How things are said in words: what an answer must be, written independently of what makes the answers. */
final class Speech {
    private static final List<String> ONES = List.of(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
                    .concat(" seventeen eighteen nineteen")
                    .split(" "));
    private static final List<String> TENS =
            List.of("twenty thirty forty fifty sixty seventy eighty ninety".split(" "));
    private static final List<String> ORDINALS = List.of(
            ("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
                            + " fifteenth sixteenth seventeenth eighteenth nineteenth")
                    .split(" "));

    private Speech() {}

    /** A number from 0 to 99. */
    static String number(int n) {
        if (n < 20) {
            return ONES.get(n);
        }
        return TENS.get(n / 10 - 2) + (n % 10 == 0 ? "" : " " + ONES.get(n % 10));
    }

    /** A time of day, such as {@code seven oh five p m}. */
    static String time(LocalTime time) {
        int hour = time.getHour() % 12 == 0 ? 12 : time.getHour() % 12;
        int minute = time.getMinute();
        String minutes = minute == 0 ? "" : minute < 10 ? " oh " + number(minute) : " " + number(minute);
        return number(hour) + minutes + (time.getHour() < 12 ? " a m" : " p m");
    }

    /** A day, such as {@code sunday november the twenty second}. */
    static String date(LocalDate date) {
        return (date.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH) + " "
                        + date.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH) + " the "
                        + ordinal(date.getDayOfMonth()))
                .toLowerCase(Locale.ROOT);
    }

    static String ordinal(int day) {
        if (day < 20) {
            return ORDINALS.get(day - 1);
        }
        return day % 10 == 0
                ? (day == 20 ? "twentieth" : "thirtieth")
                : TENS.get(day / 10 - 2) + " " + ORDINALS.get(day % 10 - 1);
    }

    /** The words of a text: in lower case, with nothing but blanks between them. */
    static String words(String text) {
        return text.toLowerCase(Locale.ROOT)
                .replaceAll("\\b([ap])\\.m\\b\\.?", "$1 m")
                .replaceAll("[^a-z']+", " ")
                .strip();
    }

    /** Whether a text ends with these words. */
    static boolean endsWith(String text, String ending) {
        return (" " + words(text)).endsWith(" " + ending);
    }
}

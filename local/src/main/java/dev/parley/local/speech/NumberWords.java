package dev.parley.local.speech;

/** Numbers, in the words an American speaker reads them with. */
final class NumberWords {
    private static final String[] SMALL = {
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen"
    };
    private static final String[] TENS = {
        "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"
    };
    private static final String[] GROUPS = {"", " thousand", " million", " billion", " trillion", " quadrillion"};

    /** More digits than these are read one by one. */
    private static final int MOST_DIGITS = 15;

    private NumberWords() {}

    /** Reads a whole number, given as digits: "forty two"; one by one when it begins with 0 or is very long. */
    static String cardinal(String digits) {
        if (digits.length() > MOST_DIGITS || (digits.length() > 1 && digits.charAt(0) == '0')) {
            return digits(digits);
        }
        long value = Long.parseLong(digits);
        if (value == 0) {
            return SMALL[0];
        }
        StringBuilder words = new StringBuilder();
        for (int group = GROUPS.length - 1; group >= 0; group--) {
            int part = (int) (value / (long) Math.pow(1000, group) % 1000);
            if (part > 0) {
                words.append(words.isEmpty() ? "" : " ").append(below1000(part)).append(GROUPS[group]);
            }
        }
        return words.toString();
    }

    /** Reads digits one by one: "four one five". */
    static String digits(String digits) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < digits.length(); i++) {
            words.append(words.isEmpty() ? "" : " ").append(SMALL[Character.digit(digits.charAt(i), 10)]);
        }
        return words.toString();
    }

    /** Reads a decimal: whole and fraction, "three point one four". */
    static String decimal(String whole, String fraction) {
        return cardinal(whole) + " point " + digits(fraction);
    }

    /** Reads an ordinal: "twenty third". */
    static String ordinal(String digits) {
        String words = cardinal(digits);
        int space = words.lastIndexOf(' ');
        String head = words.substring(0, space + 1);
        String last = words.substring(space + 1);
        return head
                + switch (last) {
                    case "one" -> "first";
                    case "two" -> "second";
                    case "three" -> "third";
                    case "five" -> "fifth";
                    case "eight" -> "eighth";
                    case "nine" -> "ninth";
                    case "twelve" -> "twelfth";
                    default -> last.endsWith("y") ? last.substring(0, last.length() - 1) + "ieth" : last + "th";
                };
    }

    /** Reads a year from 1000 to 2999: "nineteen ninety nine", "two thousand five", "twenty twenty six". */
    static String year(int year) {
        int century = year / 100;
        int rest = year % 100;
        if (century % 10 == 0 && rest < 10) {
            return cardinal(Integer.toString(year));
        }
        if (rest == 0) {
            return below1000(century) + " hundred";
        }
        return below1000(century) + " " + (rest < 10 ? "oh " + SMALL[rest] : below1000(rest));
    }

    /** Reads a time of day: "ten fifteen", "seven o'clock", "nine oh five". */
    static String time(int hour, int minute) {
        if (minute == 0) {
            return below1000(hour) + (hour >= 1 && hour <= 12 ? " o'clock" : " hundred");
        }
        return below1000(hour) + " " + (minute < 10 ? "oh " + SMALL[minute] : below1000(minute));
    }

    private static String below1000(int value) {
        if (value < 20) {
            return SMALL[value];
        }
        if (value < 100) {
            return TENS[value / 10] + (value % 10 == 0 ? "" : " " + SMALL[value % 10]);
        }
        return SMALL[value / 100] + " hundred" + (value % 100 == 0 ? "" : " " + below1000(value % 100));
    }
}

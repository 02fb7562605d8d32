package dev.parley.local.phrase;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.OptionalInt;

/** Numbers as they are spoken, in English. */
public final class Numbers {
    private static final List<String> SMALL = List.of(
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
            "nineteen");
    private static final List<String> TENS =
            List.of("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");
    private static final List<String> SCALES = List.of("", " thousand", " million", " billion", " trillion");

    private Numbers() {}

    /** The number from 0 to 999 that these words say, or a typed one of up to 9 digits. */
    public static OptionalInt parse(List<String> words) {
        if (words.size() == 1 && words.getFirst().matches("[0-9]{1,9}")) {
            return OptionalInt.of(Integer.parseInt(words.getFirst()));
        }
        int hundred = words.indexOf("hundred");
        if (hundred < 0) {
            return below100(words);
        }
        int hundreds =
                hundred == 1 ? Math.max(words.getFirst().equals("a") ? 1 : 0, SMALL.indexOf(words.getFirst())) : 0;
        if (hundreds < 1 || hundreds > 9) {
            return OptionalInt.empty();
        }
        List<String> rest = words.subList(2, words.size());
        if (rest.isEmpty()) {
            return OptionalInt.of(hundreds * 100);
        }
        OptionalInt below = below100(rest.getFirst().equals("and") ? rest.subList(1, rest.size()) : rest);
        return below.isPresent() && below.getAsInt() > 0
                ? OptionalInt.of(hundreds * 100 + below.getAsInt())
                : OptionalInt.empty();
    }

    private static OptionalInt below100(List<String> words) {
        if (words.isEmpty() || words.size() > 2) {
            return OptionalInt.empty();
        }
        int small = SMALL.indexOf(words.getFirst());
        if (words.size() == 1 && small >= 0) {
            return OptionalInt.of(small);
        }
        int tens = (TENS.indexOf(words.getFirst()) + 2) * 10;
        if (tens < 20) {
            return OptionalInt.empty();
        }
        if (words.size() == 1) {
            return OptionalInt.of(tens);
        }
        int ones = SMALL.indexOf(words.get(1));
        return ones >= 1 && ones <= 9 ? OptionalInt.of(tens + ones) : OptionalInt.empty();
    }

    /** The digits that these words say, one by one, or empty text. */
    public static String digits(List<String> words) {
        StringBuilder digits = new StringBuilder();
        for (String word : words) {
            int digit = word.equals("oh") || word.equals("o") ? 0 : SMALL.indexOf(word);
            if (word.matches("[0-9]+")) {
                digits.append(word);
            } else if (digit >= 0 && digit <= 9) {
                digits.append(digit);
            } else if (!word.equals("minus") || digits.isEmpty()) {
                // A typed "415-926" has a minus sign in it.
                return "";
            }
        }
        return digits.toString();
    }

    /** A number in words. */
    public static String words(long number) {
        if (number < 0) {
            return "minus " + words(-number);
        }
        if (number < 1_000) {
            return hundreds((int) number);
        }
        StringBuilder words = new StringBuilder();
        long rest = number;
        for (String scale : SCALES) {
            int part = (int) (rest % 1_000);
            if (part > 0) {
                words.insert(0, (words.isEmpty() ? "" : " ")).insert(0, hundreds(part) + scale);
            }
            rest /= 1_000;
        }
        return words.toString();
    }

    private static String hundreds(int number) {
        if (number < 20) {
            return SMALL.get(number);
        }
        if (number < 100) {
            return TENS.get(number / 10 - 2) + (number % 10 == 0 ? "" : "-" + SMALL.get(number % 10));
        }
        String rest = number % 100 == 0 ? "" : " and " + hundreds(number % 100);
        return SMALL.get(number / 100) + " hundred" + rest;
    }

    /** A quotient in words, rounded to two decimals; says so if it was rounded. */
    public static String quotient(long a, long b) {
        BigDecimal exact = new BigDecimal(a).divide(new BigDecimal(b), 10, RoundingMode.HALF_EVEN);
        BigDecimal rounded = exact.setScale(2, RoundingMode.HALF_UP).stripTrailingZeros();
        String about = rounded.compareTo(exact.stripTrailingZeros()) == 0 ? "" : "about ";
        String plain = rounded.toPlainString();
        int point = plain.indexOf('.');
        String whole = (plain.startsWith("-") ? "minus " : "")
                + words(Math.abs(Long.parseLong(point < 0 ? plain : plain.substring(0, point))));
        return about + whole + (point < 0 ? "" : " point " + spell(plain.substring(point + 1)));
    }

    /** Digits one by one, in words. */
    public static String spell(String digits) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < digits.length(); i++) {
            words.append(words.isEmpty() ? "" : " ").append(SMALL.get(digits.charAt(i) - '0'));
        }
        return words.toString();
    }
}

package dev.parley.local.speech;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Written English put into words that can be spoken: after it a text has only ASCII letters, apostrophes and
 * {@code , . ? !}. Never fails; what nobody could read aloud (emoji, other scripts) is left out.
 */
final class SpokenText {
    /** Longer texts are cut; an hour of speech at once is a mistake. */
    private static final int LONGEST = 20_000;

    private static final String[] MONTHS = {
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December"
    };
    private static final String MONTH =
            "(January|February|March|April|May|June|July|August|September|October|November|December)";

    private static final Map<String, String> ABBREVIATIONS = Map.ofEntries(
            Map.entry("mr.", "mister"),
            Map.entry("mrs.", "missus"),
            Map.entry("ms.", "miz"),
            Map.entry("dr.", "doctor"),
            Map.entry("st.", "saint"),
            Map.entry("prof.", "professor"),
            Map.entry("vs.", "versus"),
            Map.entry("etc.", "et cetera"),
            Map.entry("e.g.", "for example"),
            Map.entry("i.e.", "that is"),
            Map.entry("approx.", "approximately"),
            Map.entry("no.", "number"));

    private static final Map<String, String> UNITS = Map.ofEntries(
            Map.entry("km/h", "kilometers per hour"),
            Map.entry("mph", "miles per hour"),
            Map.entry("km", "kilometers"),
            Map.entry("cm", "centimeters"),
            Map.entry("mm", "millimeters"),
            Map.entry("kg", "kilograms"),
            Map.entry("ms", "milliseconds"),
            Map.entry("kb", "kilobytes"),
            Map.entry("mb", "megabytes"),
            Map.entry("gb", "gigabytes"),
            Map.entry("hz", "hertz"),
            Map.entry("khz", "kilohertz"),
            Map.entry("min", "minutes"));

    private static final Map<String, String> SYMBOLS = Map.ofEntries(
            Map.entry("%", " percent "),
            Map.entry("&", " and "),
            Map.entry("+", " plus "),
            Map.entry("=", " equals "),
            Map.entry("@", " at "),
            Map.entry("#", " number "),
            Map.entry("×", " times "),
            Map.entry("÷", " divided by "),
            Map.entry("°", " degrees "),
            Map.entry("−", " minus "),
            Map.entry("<", " less than "),
            Map.entry(">", " greater than "),
            Map.entry("€", " euros "),
            Map.entry("£", " pounds "),
            Map.entry("$", " dollars "),
            Map.entry("ß", "ss"),
            Map.entry("æ", "ae"),
            Map.entry("ø", "o"),
            Map.entry("œ", "oe"),
            Map.entry("ł", "l"),
            Map.entry("đ", "d"));

    // All repetitions are bounded or begin where a word does, so that no text takes quadratic time.
    private static final Pattern WEB = Pattern.compile("\\b(?:https?://)?[\\w-]{1,64}(?:[.@][\\w-]{1,64}){0,6}"
            + "\\.(?:com|org|net|io|dev|gov|edu|ai|app|info|co|uk|de|fr|eu|us|ca|jp)\\b(?:/[\\w./#?=&%-]{0,200})?");
    private static final Pattern ISO_DATE = Pattern.compile("\\b(\\d{4})-(\\d{2})-(\\d{2})\\b");
    private static final Pattern US_DATE = Pattern.compile("\\b(\\d{1,2})/(\\d{1,2})/(\\d{4})\\b");
    private static final Pattern MONTH_DAY =
            Pattern.compile(MONTH + " (\\d{1,2})(?:st|nd|rd|th)?\\b(?:,? (\\d{4})\\b)?");
    private static final Pattern TIME = Pattern.compile(
            "\\b([01]?\\d|2[0-3]):([0-5]\\d)(?::[0-5]\\d)?(?:\\s?([ap])(?:\\.m\\.|m\\b))?", Pattern.CASE_INSENSITIVE);
    private static final Pattern HOUR =
            Pattern.compile("\\b(1[0-2]|[1-9])\\s?([ap])(?:\\.m\\.|m\\b)", Pattern.CASE_INSENSITIVE);
    private static final Pattern MONEY = Pattern.compile("([$£€])\\s?(\\d[\\d,]{0,20})(?:\\.(\\d{2}))?\\b");
    private static final Pattern PHONE = Pattern.compile("(?<![\\d,.])\\+?\\d{1,4}(?:[- ]\\d{3,4}){1,3}(?![\\d,.]\\d)");
    private static final Pattern THOUSANDS = Pattern.compile("\\b\\d{1,3}(?:,\\d{3}){1,6}\\b");
    private static final Pattern ORDINAL = Pattern.compile("\\b(\\d{1,15})(?:st|nd|rd|th)\\b");
    private static final Pattern UNIT =
            Pattern.compile("(?<=\\d)\\s?(km/h|mph|km|cm|mm|kg|ms|kB|MB|GB|kHz|Hz|min)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern DECIMAL = Pattern.compile("(?<!\\d)(\\d{1,15})\\.(\\d{1,20})");
    private static final Pattern YEAR =
            Pattern.compile("(?<=\\b(?:in|since|of|year|until|from) )(1[1-9]|20)(\\d\\d)\\b");
    private static final Pattern INTEGER = Pattern.compile("\\d+");
    private static final Pattern NEGATIVE = Pattern.compile("(?<![\\w)])-(?=\\d)");
    private static final Pattern MINUS = Pattern.compile("(?<=\\d) - (?=\\d)");
    private static final Pattern FRACTION = Pattern.compile("(?<=\\d)/(?=\\d)");
    private static final Pattern RANGE = Pattern.compile("(?<=\\d)[-–](?=\\d)");
    private static final Pattern CAPITALS = Pattern.compile("\\b[A-Z]{2,4}\\b");
    private static final Pattern DASH = Pattern.compile("\\s[-–—]+\\s|[—…;:()\\[\\]{}|]+|\\.{3,}|\\n+");
    private static final Pattern ABBREVIATION =
            Pattern.compile("(?i)(?<![\\w.])(?:mrs?|ms|dr|st|prof|vs|etc|e\\.g|i\\.e|approx)\\.|\\bno\\.(?= ?\\d)");

    private static final Pattern STRAY_QUOTE = Pattern.compile("(?<![A-Za-z])'|'(?![A-Za-z])");
    private static final Pattern MARKS = Pattern.compile(" ?[.,?!][ .,?!]{0,999}");

    /** Longer words are cut, as MaryTTS would do too, but writing them to its log. */
    private static final Pattern LONG_WORD = Pattern.compile("[A-Za-z']{60}");

    private SpokenText() {}

    /** Puts a text into words; gives an empty string when there is nothing to say. */
    static String of(String written) {
        String text = written.length() > LONGEST ? written.substring(0, LONGEST) : written;
        text = Normalizer.normalize(text, Normalizer.Form.NFKC)
                .replace('’', '\'')
                .replace('‘', '\'');
        text = replace(WEB, text, m -> " " + web(m.group()) + " ");
        text = replace(ISO_DATE, text, m -> date(m.group(), m.group(2), m.group(3), m.group(1)));
        text = replace(US_DATE, text, m -> date(m.group(), m.group(1), m.group(2), m.group(3)));
        text = replace(
                MONTH_DAY,
                text,
                m -> m.group(1) + " " + NumberWords.ordinal(m.group(2))
                        + (m.group(3) == null ? "" : ", " + year(m.group(3))));
        text = replace(TIME, text, m -> time(m.group(1), m.group(2), m.group(3)));
        text = replace(HOUR, text, m -> NumberWords.cardinal(m.group(1)) + " " + letters(m.group(2) + "m"));
        text = replace(ABBREVIATION, text, m -> ABBREVIATIONS.getOrDefault(lower(m.group()), ""));
        text = replace(MONEY, text, SpokenText::money);
        text = replace(UNIT, text, m -> " " + UNITS.getOrDefault(lower(m.group(1)), m.group(1)));
        text = numbers(text);
        text = DASH.matcher(text).replaceAll(", ");
        text = symbols(text);
        boolean shouting = text.equals(text.toUpperCase(Locale.ROOT)) && text.length() > 8;
        text = shouting ? lower(text) : replace(CAPITALS, text, m -> capitals(m.group()));
        text = LONG_WORD.matcher(Contractions.expand(text)).replaceAll("$0 ");
        return tidy(text);
    }

    private static String numbers(String source) {
        String text = replace(THOUSANDS, source, m -> m.group().replace(",", ""));
        text = replace(ORDINAL, text, m -> NumberWords.ordinal(m.group(1)));
        text = replace(PHONE, text, m -> phone(m.group()));
        text = NEGATIVE.matcher(text).replaceAll(" minus ");
        text = MINUS.matcher(text).replaceAll(" minus ");
        text = RANGE.matcher(text).replaceAll(" to ");
        text = FRACTION.matcher(text).replaceAll(" over ");
        text = replace(YEAR, text, m -> year(m.group()));
        text = replace(DECIMAL, text, m -> " " + NumberWords.decimal(m.group(1), m.group(2)) + " ");
        return replace(INTEGER, text, m -> " " + NumberWords.cardinal(m.group()) + " ");
    }

    private static String symbols(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        Normalizer.normalize(text, Normalizer.Form.NFD).codePoints().forEach(code -> {
            String one = Character.toString(code);
            String spoken = SYMBOLS.get(lower(one));
            if (spoken != null) {
                out.append(spoken);
            } else if (code < 128) {
                out.append(Character.isLetterOrDigit(code) || ".,?!'".indexOf(code) >= 0 ? one : " ");
            } else if (Character.getType(code) != Character.NON_SPACING_MARK) {
                out.append(' ');
            }
        });
        return out.toString();
    }

    private static String tidy(String text) {
        String plain = STRAY_QUOTE.matcher(text).replaceAll(" ").replaceAll("\\s{1,999}", " ");
        return replace(MARKS, plain, m -> strongest(m.group()) + " ")
                .replaceAll("^[ .,?!]{1,999}", "")
                .strip();
    }

    /** Of several punctuation marks in a row, the one to keep. */
    private static String strongest(String marks) {
        for (String mark : new String[] {"?", "!", "."}) {
            if (marks.contains(mark)) {
                return mark;
            }
        }
        return ",";
    }

    private static String web(String address) {
        String plain = address.replaceFirst("^https?://", "")
                .replaceFirst("^www\\.", "")
                .replaceFirst("[.,/]+$", "");
        return plain.replace(".", " dot ")
                .replace("@", " at ")
                .replace("/", " slash ")
                .replaceAll("[^\\w ]", " ");
    }

    private static String date(String whole, String month, String day, String year) {
        int m = Integer.parseInt(month);
        return m < 1 || m > 12 ? whole : MONTHS[m - 1] + " " + NumberWords.ordinal(strip(day)) + ", " + year(year);
    }

    private static String year(String digits) {
        int year = Integer.parseInt(digits);
        return year < 1000 || year > 2999 ? NumberWords.cardinal(strip(digits)) : NumberWords.year(year);
    }

    private static String time(String hour, String minute, @Nullable String half) {
        int h = Integer.parseInt(hour);
        int m = Integer.parseInt(minute);
        if (half == null) {
            return NumberWords.time(h, m);
        }
        String spoken = m == 0 ? NumberWords.cardinal(strip(hour)) : NumberWords.time(h, m);
        return spoken + " " + letters(half + "m");
    }

    private static String money(MatchResult m) {
        String whole = m.group(2).replace(",", "");
        String name =
                switch (m.group(1)) {
                    case "£" -> "pound";
                    case "€" -> "euro";
                    default -> "dollar";
                };
        String spoken = NumberWords.cardinal(whole) + " " + name + (whole.equals("1") ? "" : "s");
        String cents = m.group(3);
        return cents == null || cents.equals("00")
                ? spoken
                : spoken + " and " + NumberWords.cardinal(strip(cents)) + (name.equals("pound") ? " pence" : " cents");
    }

    private static String phone(String number) {
        StringBuilder spoken = new StringBuilder(number.startsWith("+") ? "plus " : "");
        for (String group : number.replace("+", "").split("[- ]", -1)) {
            spoken.append(NumberWords.digits(group)).append(", ");
        }
        return spoken.toString();
    }

    private static String capitals(String word) {
        return switch (word) {
            case "OK" -> "okay";
            case "NASA", "AIDS", "NATO", "PIN", "ASAP", "LED", "SIM", "RAM" -> word;
            default -> letters(word);
        };
    }

    private static String letters(String word) {
        return String.join(" ", word.toUpperCase(Locale.ROOT).split(""));
    }

    private static String strip(String digits) {
        return digits.length() > 1 && digits.startsWith("0") ? digits.substring(1) : digits;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static String replace(Pattern pattern, String text, Function<MatchResult, String> spoken) {
        return pattern.matcher(text).replaceAll(match -> spoken.apply(match).replace("$", "\\$"));
    }
}

package dev.parley.local.mind;

import dev.parley.local.phrase.Numbers;
import dev.parley.local.phrase.Times;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** How the demo says things: each answer says again what was understood, in sentences that can be spoken. */
final class Wording {
    static final String HELP = "I am a demo. I understand a few phrases only. Ask me for the time or the date, or what "
            + "twelve plus thirty is. Tell me to turn the kitchen light on, to book a table for two at seven, or your "
            + "number, and I repeat it. I do not follow instructions as a real model would.";

    static final String NOT_UNDERSTOOD =
            "Sorry, I did not understand that. I am a demo with a few phrases. Ask me: what can you do?";

    static final String HELLO = "Hello. I am a demo. Ask me: what can you do?";

    static final String MORE = "Is there anything else? Ask me: what can you do?";

    static final String SILENCE = "Are you still there? Ask me: what can you do?";

    private static final Pattern HINT = Pattern.compile("( I am a demo.*)? Ask me: what can you do\\?$");

    private static final int LONGEST_ECHO = 200;

    private static final List<String> ORDINALS = List.of(
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth");

    private Wording() {}

    /** The first sentences, before the one that tells what the demo is and what to ask it. */
    static String withoutHint(String words) {
        return HINT.matcher(words).replaceFirst("");
    }

    /** What answers an intent where no tool does. */
    static String answer(Intent intent, ZonedDateTime now) {
        return switch (intent) {
            case Intent.Time time -> stopped("It is " + Times.words(now.toLocalTime()));
            case Intent.Date date -> "It is " + date(now) + ".";
            case Intent.Arithmetic sum -> sum(sum);
            case Intent.Digits digits -> "Your number is " + Numbers.spell(digits.digits()) + ".";
            case Intent.Weather weather -> "I do not know the weather. I am a demo, and nobody gave me a tool for it.";
            case Intent.Other other ->
                "You said: " + ToolResult.sentence(other.text().strip(), LONGEST_ECHO)
                        + " I am a demo and only know a few phrases. Ask me: what can you do?";
            case Intent.Call call ->
                "That takes the tool " + call.tool().replaceAll("[_-]+", " ") + ", which I do not have here.";
            case Intent.Say say -> say.words();
            case Intent.Help help -> HELP;
            case Intent.Hello hello -> "Hello. What can I do for you?";
            case Intent.Thanks thanks -> "You are welcome.";
            case Intent.Goodbye goodbye -> "Goodbye.";
            case Intent.Stop stop -> "Okay.";
            case Intent.Light light -> done(light);
            case Intent.Booking booking -> done(booking);
        };
    }

    /** What confirms that a tool did what was asked, where it did not say so itself. */
    static String done(Intent intent) {
        return switch (intent) {
            case Intent.Light light ->
                "The " + (light.room().isEmpty() ? "" : light.room() + " ") + "light is " + (light.on() ? "on" : "off")
                        + ".";
            case Intent.Booking booking ->
                stopped("A table for " + Numbers.words(booking.people()) + " is booked at "
                        + Times.words(booking.time()) + (booking.day().isEmpty() ? "" : " " + booking.day()));
            case Intent.Digits digits -> "I noted the number " + Numbers.spell(digits.digits()) + ".";
            default -> "Done.";
        };
    }

    private static String sum(Intent.Arithmetic sum) {
        String said = Numbers.words(sum.a()) + " " + sum.operation().words() + " " + Numbers.words(sum.b());
        if (sum.operation() == Intent.Operation.DIVIDED_BY && sum.b() == 0) {
            return "I cannot do that. Nothing can be divided by zero.";
        }
        String result =
                switch (sum.operation()) {
                    case PLUS -> Numbers.words((long) sum.a() + sum.b());
                    case MINUS -> Numbers.words((long) sum.a() - sum.b());
                    case TIMES -> Numbers.words((long) sum.a() * sum.b());
                    case DIVIDED_BY -> Numbers.quotient(sum.a(), sum.b());
                };
        return capital(said) + " is " + result + ".";
    }

    /** A date in words, such as "Sunday, November the twenty-second". */
    static String date(ZonedDateTime date) {
        return date.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH) + ", "
                + date.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH) + " the "
                + ordinal(date.getDayOfMonth());
    }

    private static String ordinal(int day) {
        if (day < 20) {
            return ORDINALS.get(day - 1);
        }
        String tens = day < 30 ? "twent" : "thirt";
        return day % 10 == 0 ? tens + "ieth" : tens + "y-" + ORDINALS.get(day % 10 - 1);
    }

    /** A sentence with its full stop, which an abbreviation at the end brings along. */
    private static String stopped(String sentence) {
        return sentence.endsWith(".") ? sentence : sentence + ".";
    }

    static String capital(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}

package dev.parley.local.speech;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpokenTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "It is 10:15 AM. | It is ten fifteen A M.",
                "It's 9:05 p.m. now | its nine oh five P M now",
                "At 7:00. | At seven oh clock.",
                "At 7 pm. | At seven P M.",
                "That makes 36. | That makes thirty six.",
                "12 × 3 = 36 | twelve times three equals thirty six",
                "5 - 3 | five minus three",
                "It is -4°C | It is minus four degrees C",
                "The total is $42.50. | The total is forty two dollars and fifty cents.",
                "1,234,567 people | one million two hundred thirty four thousand five hundred sixty seven people",
                "3.14 | three point one four",
                "2026-03-03 | March third, twenty twenty six",
                "on March 3rd, 2005 | on March third, two thousand five",
                "March 21 | March twenty first",
                "since 1999 | since nineteen ninety nine",
                "Call 555-1212. | Call five five five, one two one two.",
                "order 0042 | order zero zero four two",
                "the 22nd time | the twenty second time",
                "50% off & more | fifty percent off and more",
                "Dr. Smith, e.g. here | doctor Smith, for example here",
                "Café Zoë | Cafe Zoe",
                "The API is OK | The A P I is okay",
                "Hello… world — yes | Hello, world, yes",
                "see www.example.com/help | see example dot com slash help",
                "I'll say we're here, don't worry | I will say we are here, do not worry",
                "That's Anna's | that is Annas",
                "8 km/h | eight kilometers per hour",
                "\uD83D\uDE00 Hi \u4F60\u597D! | Hi!",
            })
    void putsIntoWords(String written, String spoken) {
        assertThat(SpokenText.of(written)).isEqualTo(spoken);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"``", "`   `", "`...`", "`\uD83D\uDE00`", "`\u4F60\u597D`", "`?!`", "`''`", "`\uD83D`"})
    void hasNothingToSay(String written) {
        assertThat(SpokenText.of(written)).isEmpty();
    }

    @Test
    void leavesOnlyWhatCanBeSpoken() {
        Random random = new Random(5);
        for (int round = 0; round < 2000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < random.nextInt(60); i++) {
                text.append(
                        random.nextInt(4) == 0 ? (char) random.nextInt(0x10000) : (char) (' ' + random.nextInt(95)));
            }
            assertThat(SpokenText.of(text.toString())).matches("[A-Za-z' ,.?!]*");
        }
    }

    @Test
    void isQuickWithLongTexts() {
        assertThat(SpokenText.of("1".repeat(100_000))).startsWith("one one one");
        assertThat(SpokenText.of("a.".repeat(50_000))).isNotEmpty();
        assertThat(SpokenText.of("-1/".repeat(30_000))).isNotEmpty();
    }

    @Test
    void readsLargeNumbers() {
        assertThat(NumberWords.cardinal("1000000000000")).isEqualTo("one trillion");
        assertThat(NumberWords.cardinal("100")).isEqualTo("one hundred");
        assertThat(NumberWords.cardinal("0")).isEqualTo("zero");
        assertThat(NumberWords.year(1905)).isEqualTo("nineteen oh five");
        assertThat(NumberWords.year(1900)).isEqualTo("nineteen hundred");
        assertThat(NumberWords.ordinal("20")).isEqualTo("twentieth");
    }

    @Test
    void cutsIntoPhrases() {
        assertThat(Phrasing.of("")).isEmpty();
        assertThat(Phrasing.of("Okay. The light is on.")).containsExactly("Okay.", "The light is on.");
        assertThat(Phrasing.of("I have booked a table for you, and sent a note."))
                .containsExactly("I have booked a table for you,", "and sent a note.");
        assertThat(Phrasing.of("Yes, of course.")).containsExactly("Yes, of course.");
        assertThat(Phrasing.of("word ".repeat(500))).allMatch(phrase -> phrase.length() <= 210);
        assertThat(Phrasing.of("x".repeat(3000))).allMatch(phrase -> phrase.length() <= 410);
    }
}

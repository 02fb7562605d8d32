package dev.parley.local.mind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.phrase.Numbers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntentsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "what time is it | Time[]",
                "What's the time? | Time[]",
                "Hey Parley, tell me the time please | Time[]",
                "what day is it today | Date[]",
                "What is the date? | Date[]",
                "what is twelve plus thirty | Arithmetic[a=12, operation=PLUS, b=30]",
                "What's 12 + 30? | Arithmetic[a=12, operation=PLUS, b=30]",
                "12 plus 30 | Arithmetic[a=12, operation=PLUS, b=30]",
                "7*6 | Arithmetic[a=7, operation=TIMES, b=6]",
                "how much is three hundred and five divided by a hundred"
                        + " | Arithmetic[a=305, operation=DIVIDED_BY, b=100]",
                "what is nine hundred ninety nine minus twenty one | Arithmetic[a=999, operation=MINUS, b=21]",
                "what is forty-two multiplied by 2 | Arithmetic[a=42, operation=TIMES, b=2]",
                "turn on the kitchen light | Light[on=true, room=kitchen]",
                "Please turn the living room lights off. | Light[on=false, room=living room]",
                "Could you switch on the light in the garage? | Light[on=true, room=garage]",
                "lights off | Light[on=false, room=]",
                "book a table for two at seven | Booking[people=2, time=19:00, day=]",
                "Book a table for 4 people at 7:30pm tonight | Booking[people=4, time=19:30, day=tonight]",
                "I'd like a table for six at half past eight tomorrow | Booking[people=6, time=20:30, day=tomorrow]",
                "reserve a table for six persons tomorrow at noon | Booking[people=6, time=12:00, day=tomorrow]",
                "book a table for three at eleven a m | Booking[people=3, time=11:00, day=]",
                "book a table for three at nine o'clock | Booking[people=3, time=21:00, day=]",
                "book a table for three at 18:15 | Booking[people=3, time=18:15, day=]",
                "my number is four one five nine two six | Digits[digits=415926]",
                "My phone number is 415-926. | Digits[digits=415926]",
                "repeat one oh one | Digits[digits=101]",
                "what can you do | Help[]",
                "hello | Hello[]",
                "Good morning! | Hello[]",
                "thank you very much | Thanks[]",
                "bye | Goodbye[]",
                "What is the weather in London? | Weather[place=London]",
                "how's the weather like in new york today | Weather[place=New York]",
                "Check the weather for San José please | Weather[place=San José]",
                "what's the weather tomorrow | Weather[place=]",
                "stop | Stop[]"
            })
    void understands(String text, String intent) {
        assertThat(Intents.DEMO.match(text).map(Object::toString).orElse(null)).isEqualTo(intent);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?!",
                "what time is it in Paris",
                "tell me a joke",
                "turn on the radio",
                "book a flight for two",
                "what is love plus two",
                "book a table for ninety at seven",
                "at at at at at at",
                "12 + 30 + 5"
            })
    void doesNotUnderstand(String text) {
        assertThat(Intents.DEMO.match(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "what time is it | [Time[]]",
                "switch on the kitchen light and what is the weather in Paris"
                        + " | [Light[on=true, room=kitchen], Weather[place=Paris]]",
                "Please turn on the garage light, and then tell me the time and also what day it is. | []",
                "turn on the garage light, and then tell me the time and also what day is it?"
                        + " | [Light[on=true, room=garage], Time[], Date[]]",
                "what is three hundred and five plus a hundred and one"
                        + " | [Arithmetic[a=305, operation=PLUS, b=101]]",
                "turn on the kitchen light and sing | []",
                "and and and | []"
            })
    void understandsSeveralThingsAtOnce(String text, String intents) {
        assertThat(Intents.DEMO.matchAll(text)).hasToString(intents);
    }

    @Test
    void aLongTextIsReadQuickly() {
        assertThat(Intents.DEMO.matchAll("lights on and ".repeat(20))).isEmpty();
        assertThat(Intents.DEMO.matchAll("lights on and ".repeat(20) + "lights on"))
                .hasSize(21);
        assertThat(Intents.DEMO.matchAll("and ".repeat(20_000))).isEmpty();
        assertThat(Intents.DEMO.match("hey parley please can you ".repeat(20_000)))
                .isEmpty();
        assertThat(Intents.DEMO.match("one ".repeat(50_000))).isEmpty();
    }

    @Test
    void theGrammarHasEveryPhraseAndSlot() {
        String grammar = Intents.DEMO.grammar();
        assertThat(grammar).startsWith("#JSGF V1.0;").contains("what is <number> <operation> <number>");
        for (String slot : Slots.READERS.keySet()) {
            // A place can have any name, which a grammar cannot hold: it can be typed only.
            assertThat(grammar.contains("<" + slot + "> =")).as(slot).isEqualTo(!slot.equals("place"));
        }
        assertThat(grammar).doesNotContain("<place>");
    }

    @Test
    void numbersAreReadAndSaid() {
        for (int n = 0; n < 1_000; n++) {
            List<String> words = List.of(Numbers.words(n).replace('-', ' ').split(" "));
            assertThat(Numbers.parse(words)).as(words.toString()).hasValue(n);
        }
        assertThat(Numbers.words(-1_042_000)).isEqualTo("minus one million forty-two thousand");
        assertThat(Numbers.words(998_001)).isEqualTo("nine hundred and ninety-eight thousand one");
        assertThat(Numbers.quotient(7, 2)).isEqualTo("three point five");
        assertThat(Numbers.quotient(10, 3)).isEqualTo("about three point three three");
        assertThat(Numbers.quotient(0, 3)).isEqualTo("zero");
    }
}

package dev.parley.local.phrase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.RealtimeException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhrasebookTest {
    private static final Phrasebook BOOK = Phrasebook.of("""
            # A robot's phrases.
            <grip> = open {true} | (close | shut) {false}
            <grip> the gripper                  -> move_gripper {"open": <grip>}
            move [<cm:1-30> centimeters] <where> -> move_arm {"direction": <where>, "by": {"cm": <cm>}, "path": [<cm>, 0]}
            <where> = up | down | to the left {"left"} | to the right {"right"}
            what is [<number>] your number
              | call <digits> at <time>
              -> call {"digits": <digits>, "time": <time>, "n": <number>, "note": "at <time>, <number>"}
            What's (your name | <what>)         -> "I am <what> called \\"Arm\\", <what>."
            <what> = that {{"kind": [1, 2]}} | this one
            stop now                            -> stop
            wait until <time>                   -> "I wait until <time>."
            arm /AA R M/
            """);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "open the gripper | Call[tool=move_gripper, arguments={'open':true}]",
                "Shut the gripper! | Call[tool=move_gripper, arguments={'open':false}]",
                "move 12 centimeters to the left | Call[tool=move_arm,"
                        + " arguments={'direction':'left','by':{'cm':12},'path':[12,0]}]",
                "move twenty one centimeters up | Call[tool=move_arm,"
                        + " arguments={'direction':'up','by':{'cm':21},'path':[21,0]}]",
                "move down | Call[tool=move_arm, arguments={'direction':'down','by':{},'path':[0]}]",
                "move thirty one centimeters up | null",
                "call four one five at half past seven | Call[tool=call,"
                        + " arguments={'digits':'415','time':'19:30','note':'at seven thirty p.m.,'}]",
                "what is your number | Call[tool=call, arguments={'note':'at,'}]",
                "what's your name? | Say[words=I am called 'Arm',.]",
                "what is this one | Say[words=I am this one called 'Arm', this one.]",
                "stop now | Call[tool=stop, arguments={}]",
                "wait until seven p m | Say[words=I wait until seven p.m.]",
                "open | null",
                "the gripper | null"
            })
    void understands(String text, String outcome) {
        String found = BOOK.match(Words.of(text)).map(Object::toString).orElse("null");
        assertThat(found.replace('"', '\'')).isEqualTo(outcome);
    }

    @Test
    void isOneWithItsGrammar() {
        assertThat(BOOK.slotRules())
                .contains("<own_grip> = (open) | ((close | shut));")
                .contains("<range_1_30> = one | two");
        assertThat(BOOK.phrases())
                .contains("(<own_grip> the gripper)", "(move [<range_1_30> centimeters] <own_where>)");
        assertThat(BOOK.pronunciations()).containsEntry("arm", "AA R M");
        assertThat(BOOK).hasToString("Phrasebook[6 phrases]");
        assertThat(Phrasebook.EMPTY.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "open the gripper | neither",
                "-> stop | no words",
                "open -> | behind '->'",
                "open -> two words | behind '->'",
                "open -> \"\" | no words to say",
                "open -> go {\"a\": | behind '->'",
                "open -> go {\"a\" 1} | no JSON",
                "open <x -> go | followed by a slot's name",
                "open <> -> go | followed by a slot's name",
                "open <x> -> go | no kind of slot 'x'",
                "open <1-200> -> go | followed by a slot's name",
                "open <n:1-200> -> go | at most 101",
                "open <n:5-5> -> go | must go up",
                "open <n:1-5> -> go {\"a\": <m>} | [m], which the phrase does not have; it has [n]",
                "open (a -> go | ')' is missing",
                "open a] -> go | nothing that it closes",
                "open (a] -> go | where a ')' should be",
                "open () -> go | no words",
                "room 12 -> go | '12' is no word",
                "café -> go | 'café' is no word",
                "<a> = one <number> | cannot have the slot",
                "<a> = one {1 | no value",
                "<a> = one {x} | no JSON"
            })
    void refusesWhatIsWrong(String line, String why) {
        assertThatThrownBy(() -> Phrasebook.of("# first\n\nstop -> halt\n" + line))
                .isInstanceOf(RealtimeException.InvalidConfig.class)
                .hasMessageStartingWith("line 4 of the phrasebook: ")
                .hasMessageContaining(why);
    }

    @Test
    void refusesAListTwice() {
        assertThatThrownBy(() -> Phrasebook.of("<a> = one\n<a> = two"))
                .hasMessage("line 2 of the phrasebook: <a> is listed a second time");
    }

    @Test
    void isLoadedFromAFileOrAResource(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("robot.phrases"), "stop -> halt\n");
        assertThat(Phrasebook.load(file.toString())).hasToString("Phrasebook[1 phrases]");
        assertThat(Phrasebook.load("classpath:dev/parley/local/phrase/robot.phrases")
                        .isEmpty())
                .isFalse();
        assertThatThrownBy(() -> Phrasebook.load("classpath:nowhere"))
                .isInstanceOf(RealtimeException.InvalidConfig.class)
                .hasMessageContaining("'classpath:nowhere' cannot be read");
        assertThatThrownBy(() -> Phrasebook.load("/nowhere/at/all")).hasMessageContaining("'/nowhere/at/all'");
    }
}

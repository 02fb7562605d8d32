package dev.parley.local.mind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.phrase.Phrasebook;
import dev.parley.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the demo does about phrases that an application taught it. */
class OwnPhrasesTest {
    private static final Intents INTENTS = new Intents(Phrasebook.of("""
            <grip> = open {true} | close {false}
            <grip> the gripper      -> move_gripper {"open": <grip>}
            go [to <place>]         -> go_to {"place": <place>}
            <place> = the shelf | the tray
            what can you do         -> "I lift things."
            """));

    private final DemoMind mind = new DemoMind(Clock.systemUTC(), INTENTS);
    private final Tool gripper = tool("move_gripper", "{'properties':{'open':{'type':'boolean'}},'required':['open']}");
    private final Tool go = tool("go_to", "{'properties':{'place':{'type':'string'}},'required':['place']}");

    private static Tool tool(String name, String schema) {
        return new Tool(name, "", Json.parse(schema.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }

    private String reply(List<Turn> turns, ToolChoice choice, Tool... tools) {
        List<String> said = new ArrayList<>();
        mind.reply(
                new Responder.Request("", turns, List.of(tools), choice, true, Integer.MAX_VALUE),
                new Responder.Sink() {
                    @Override
                    public boolean text(String piece) {
                        return said.add(piece);
                    }

                    @Override
                    public boolean call(String name, String arguments) {
                        return said.add(name + arguments.replace('"', '\''));
                    }
                });
        return String.join(" | ", said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "open the gripper ; move_gripper{'open':true}",
                "Would you please close the gripper? ; move_gripper{'open':false}",
                "close the gripper and go to the shelf ; move_gripper{'open':false} | go_to{'place':'the shelf'}",
                "go ; I would do that, but I was not told the place, and I cannot ask for it.",
                "what can you do ; I lift things.",
                "what is two plus two and open the gripper ; Two plus two is four. | move_gripper{'open':true}"
            })
    void leadToCallsAndWords(String text, String reply) {
        assertThat(reply(List.of(new Turn.User(text, true)), ToolChoice.AUTO, gripper, go))
                .isEqualTo(reply);
    }

    @Test
    void aToolThatIsNotThereIsNamed() {
        List<Turn> turns = List.of(new Turn.User("open the gripper", true));
        String without = "That takes the tool move gripper, which I do not have here.";
        assertThat(reply(turns, ToolChoice.AUTO, go)).isEqualTo(without);
        assertThat(reply(turns, ToolChoice.NONE, gripper)).isEqualTo(without);
        assertThat(reply(turns, new ToolChoice.Function("go_to"), gripper, go)).isEqualTo("go_to{}");
        assertThat(reply(turns, ToolChoice.REQUIRED, go, gripper)).isEqualTo("move_gripper{'open':true}");
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"ok\":true}',Done.",
        "It is open already.,It is open already.",
        "'{\"height_cm\":12}',The height cm is 12."
    })
    void theToolsAnswerIsSaid(String output, String words) {
        List<Turn> turns = List.of(
                new Turn.User("open the gripper", true),
                new Turn.Call("c1", "move_gripper", "{\"open\":true}"),
                new Turn.Result("c1", output));
        assertThat(reply(turns, ToolChoice.AUTO, gripper)).isEqualTo(words);
    }

    @Test
    void theGrammarHasThem() {
        assertThat(INTENTS.grammar())
                .contains("<own_grip> = (open) | (close);", "= (<own_grip> the gripper);", "= stop;");
    }

    @Test
    void theDemosPhrasesCanBeLeftOut() {
        Intents only = new Intents(Phrasebook.of("only\nopen it -> open"));
        assertThat(only.grammar()).contains("(open it)").doesNotContain("= stop;", "kitchen light");
        assertThat(only.matchAll("what time is it")).isEmpty();
        DemoMind alone = new DemoMind(Clock.systemUTC(), only);
        List<String> said = new ArrayList<>();
        for (Turn.User user : List.of(new Turn.User("what time is it", true), new Turn.User("", false))) {
            alone.reply(
                    new Responder.Request("", List.of(user), List.of(), ToolChoice.AUTO, true, 1_000),
                    new Responder.Sink() {
                        @Override
                        public boolean text(String piece) {
                            return said.add(piece);
                        }

                        @Override
                        public boolean call(String name, String arguments) {
                            return false;
                        }
                    });
        }
        assertThat(said).containsExactly("You said: what time is it.", "Sorry, I did not understand that.");
    }
}

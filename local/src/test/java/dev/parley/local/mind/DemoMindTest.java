package dev.parley.local.mind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoMindTest {
    private final DemoMind mind = new DemoMind(Clock.fixed(Instant.parse("2026-11-22T19:05:00Z"), ZoneOffset.UTC));

    private String reply(List<Turn> turns, ToolChoice choice, Tool... tools) {
        return reply(turns, choice, true, tools);
    }

    private String reply(List<Turn> turns, ToolChoice choice, boolean parallel, Tool... tools) {
        List<String> said = new ArrayList<>();
        mind.reply(
                new Responder.Request("", turns, List.of(tools), choice, parallel, Integer.MAX_VALUE),
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
        return String.join("|", said);
    }

    private String reply(String text, Tool... tools) {
        return reply(List.of(new Turn.User(text, true)), ToolChoice.AUTO, tools);
    }

    private static Tool tool(String name, String schema) {
        return new Tool(name, "", Json.parse(schema.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "what time is it | It is seven oh five p.m.",
                "what is the date | It is Sunday, November the twenty-second.",
                "what is 12 plus 30 | Twelve plus thirty is forty-two.",
                "what is 5 minus 9 | Five minus nine is minus four.",
                "what is 7 divided by 2 | Seven divided by two is three point five.",
                "what is 7 divided by 0 | I cannot do that. Nothing can be divided by zero.",
                "turn on the kitchen light | The kitchen light is on.",
                "book a table for two at seven tonight | A table for two is booked at seven p.m. tonight.",
                "my number is four one five | Your number is four one five."
            })
    void answersByItself(String asked, String answer) {
        assertThat(reply(asked)).isEqualTo(answer);
    }

    @Test
    void repeatsWhatItDoesNotKnowAndSaysWhatItIs() {
        assertThat(reply("Tell me a joke")).startsWith("You said: Tell me a joke. I am a demo");
        assertThat(reply("what can you do")).contains("demo").contains("do not follow instructions");
        assertThat(reply(List.of(new Turn.User("", false)), ToolChoice.AUTO)).startsWith("Sorry, I did not understand");
        assertThat(reply(List.of(), ToolChoice.AUTO)).startsWith("Hello.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "turn on the kitchen light | turn_on_light"
                        + " | {'properties':{'room':{'type':'string'}},'required':['room']}"
                        + " | turn_on_light{'room':'kitchen'}",
                "turn off the kitchen light | set_light | {'properties':{'location':{'type':'string'},"
                        + "'on':{'type':'boolean'}}} | set_light{'location':'kitchen','on':false}",
                "turn off the living room light | control_lights | {'properties':{'state':{'type':'string',"
                        + "'enum':['ON','OFF']},'room':{'type':'string','enum':['living_room','kitchen']}}}"
                        + " | control_lights{'state':'OFF','room':'living_room'}",
                "turn on the light | lightSwitch | {'properties':{'action':{'type':'string','enum':['turn_on',"
                        + "'turn_off']},'device':{'type':'string','description':'which lamp'}}}"
                        + " | lightSwitch{'action':'turn_on','device':'all'}",
                "turn off the light | toggle_lamp | {'properties':{'off':{'type':'boolean'}}}"
                        + " | toggle_lamp{'off':true}",
                "turn on the kitchen light | light | {'properties':{'where_to':{'type':'string',"
                        + "'description':'The room'}}} | light{'where_to':'kitchen'}",
                "book a table for two at half past seven | book_table | {'properties':{'people':{'type':'integer'},"
                        + "'time':{'type':'string'}}} | book_table{'people':2,'time':'19:30'}",
                "book a table for two at seven tomorrow | makeReservation | {'properties':{'party_size':"
                        + "{'type':'number'},'time':{'type':'string'},'date':{'type':'string'}}}"
                        + " | makeReservation{'party_size':2,'time':'19:00','date':'tomorrow'}",
                "what time is it | get_time | {} | get_time{}",
                "what time is it | get_current_time | {'properties':{'timezone':{'type':'string'}}}"
                        + " | get_current_time{}",
                "what day is it | get_date | {} | get_date{}",
                "what is 3 times 4 | calculate | {'properties':{'a':{'type':'number'},'b':{'type':'number'},"
                        + "'operation':{'type':'string','enum':['add','multiply']}}}"
                        + " | calculate{'a':3,'b':4,'operation':'multiply'}",
                "what is 3 times 4 | calculator | {'properties':{'expression':{'type':'string'}}}"
                        + " | calculator{'expression':'3 * 4'}",
                "my number is four one five | save_phone_number | {'properties':{'phone_number':{'type':'string'}}}"
                        + " | save_phone_number{'phone_number':'415'}",
                "goodbye | hang_up | {} | hang_up{}",
                "Where is my order A-1234? | lookup_order | {'properties':{'order_id':{'type':'string'}},"
                        + "'required':['order_id']} | lookup_order{'order_id':'A-1234'}",
                "I need a hotel in Lyon please | find_hotels | {'properties':{'where':"
                        + "{'type':'string'}}} | find_hotels{'where':'Lyon'}",
                "Play 3 songs of the blues genre | play_songs | {'properties':{'count':{'type':'integer'},"
                        + "'genre':{'type':'string','enum':['rock','blues']}}} | play_songs{'count':3,'genre':'blues'}"
            })
    void callsAToolThatFits(String asked, String name, String schema, String call) {
        assertThat(reply(asked, tool("get_weather", "{}"), tool(name, schema))).isEqualTo(call);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "turn on the kitchen light | turn_off_light",
                "turn on the kitchen light | get_light_status",
                "what time is it | set_time",
                "what time is it | convert_time_zone",
                "what time is it | get_weather",
                "book a table for two at seven | book_flight",
                "book a table for two at seven | cancel_reservation",
                "hello | greet"
            })
    void leavesOtherToolsAlone(String asked, String name) {
        assertThat(reply(asked, tool(name, "{}"))).doesNotContain("{");
    }

    private static final Tool LIGHT =
            tool("set_light", "{'properties':{'room':{'type':'string'},'on':{'type':'boolean'}}}");
    private static final Tool WEATHER = tool("get_weather", "{'properties':{'city':{'type':'string'}}}");
    private static final List<Turn> TWO_THINGS =
            List.of(new Turn.User("Switch on the kitchen light and what is the weather in Paris?", true));

    @Test
    void callsSeveralToolsForSeveralThings() {
        assertThat(reply(TWO_THINGS, ToolChoice.AUTO, LIGHT, WEATHER))
                .isEqualTo("set_light{'room':'kitchen','on':true}|get_weather{'city':'Paris'}");
        assertThat(reply(TWO_THINGS, ToolChoice.AUTO, false, LIGHT, WEATHER))
                .isEqualTo("set_light{'room':'kitchen','on':true}");
        assertThat(reply(TWO_THINGS, ToolChoice.REQUIRED, LIGHT, WEATHER))
                .isEqualTo("set_light{'room':'kitchen','on':true}|get_weather{'city':'Paris'}");
        assertThat(reply(TWO_THINGS, new ToolChoice.Function("set_light"), LIGHT, WEATHER))
                .isEqualTo("set_light{'room':'kitchen','on':true}");
    }

    @Test
    void saysWhatItDoesWithoutATool() {
        assertThat(reply(TWO_THINGS, ToolChoice.AUTO, LIGHT))
                .startsWith("I do not know the weather.")
                .endsWith("|set_light{'room':'kitchen','on':true}");
        assertThat(reply(TWO_THINGS, ToolChoice.NONE, LIGHT, WEATHER))
                .startsWith("The kitchen light is on. I do not know the weather.")
                .doesNotContain("{");
    }

    @Test
    void speaksAllResultsSinceSomebodySpoke() {
        Turn.User user = (Turn.User) TWO_THINGS.getFirst();
        Turn.Call light = new Turn.Call("c1", "set_light", "{\"room\":\"kitchen\",\"on\":true}");
        Turn.Call weather = new Turn.Call("c2", "get_weather", "{\"city\":\"Paris\"}");
        Turn.Result lit = new Turn.Result("c1", "{\"ok\":true}");
        Turn.Result sunny = new Turn.Result("c2", "It is sunny in Paris");
        String both = "The kitchen light is on. It is sunny in Paris.";
        assertThat(reply(List.of(user, light, weather, lit, sunny), ToolChoice.AUTO, LIGHT, WEATHER))
                .isEqualTo(both);
        assertThat(reply(List.of(user, light, lit, weather, sunny), ToolChoice.AUTO, LIGHT, WEATHER))
                .isEqualTo(both);
        Turn said = new Turn.Assistant("The kitchen light is on.");
        assertThat(reply(List.of(user, light, weather, lit, said, sunny), ToolChoice.AUTO, LIGHT, WEATHER))
                .isEqualTo("It is sunny in Paris.");
        // The second result came in while the first was being spoken.
        assertThat(reply(List.of(user, light, weather, lit, sunny, said), ToolChoice.AUTO, LIGHT, WEATHER))
                .isEqualTo("It is sunny in Paris.");
        Turn all = new Turn.Assistant(both);
        assertThat(reply(List.of(user, light, weather, lit, sunny, all), ToolChoice.AUTO, LIGHT, WEATHER))
                .startsWith("Is there anything else?");
    }

    @Test
    void asksASilentUser() {
        assertThat(reply("")).startsWith("Are you still there?");
    }

    @Test
    void choosesTheToolThatFitsBest() {
        Tool on = tool("turn_on_light", "{}");
        Tool off = tool("turn_off_light", "{}");
        Tool set = tool("set_light", "{'properties':{'on':{'type':'boolean'}}}");
        assertThat(reply("turn off the light", on, set, off)).isEqualTo("turn_off_light{}");
        assertThat(reply("turn off the light", on, set)).isEqualTo("set_light{'on':false}");
        assertThat(reply("turn off the light", on)).isEqualTo("The light is off.");
    }

    @Test
    void saysWhatAToolNeedsThatWasNotSaid() {
        assertThat(reply(
                        "book a table for two at seven",
                        tool(
                                "book_table",
                                "{'properties':{'restaurant_name':{'type':'object'}},'required':['restaurant_name']}")))
                .contains("restaurant name");
    }

    @Test
    void honoursTheChoice() {
        Tool light = tool("set_light", "{'properties':{'room':{'type':'string'}}}");
        Tool other = tool("other", "{}");
        List<Turn> turns = List.of(new Turn.User("turn on the kitchen light", true));
        assertThat(reply(turns, ToolChoice.NONE, light)).isEqualTo("The kitchen light is on.");
        assertThat(reply(turns, ToolChoice.REQUIRED, other, light)).isEqualTo("set_light{'room':'kitchen'}");
        assertThat(reply(turns, new ToolChoice.Function("other"), other, light)).isEqualTo("other{}");
        assertThat(reply(List.of(new Turn.User("joke", true)), ToolChoice.REQUIRED, other))
                .isEqualTo("other{}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | The kitchen light is on.",
                "{'ok':true} | The kitchen light is on.",
                "{'status':'on','room':'kitchen'} | The kitchen light is on.",
                "OK | The kitchen light is on.",
                "The lamp is broken | The lamp is broken.",
                "{'message':'It is dark.'} | It is dark.",
                "{'ok':false} | That did not work.",
                "{'error':'no such room'} | That did not work: no such room."
            })
    void speaksTheResult(String output, String answer) {
        List<Turn> turns = List.of(
                new Turn.User("turn on the kitchen light", true),
                new Turn.Call("c1", "set_light", "{}"),
                new Turn.Result("c1", output.replace('\'', '"')));
        assertThat(reply(turns, ToolChoice.AUTO)).isEqualTo(answer);
    }

    @Test
    void speaksTheFieldsOfAResult() {
        List<Turn> turns = List.of(
                new Turn.User("what time is it", true),
                new Turn.Call("c1", "get_time", "{}"),
                new Turn.Result("c1", "{\"local_time\":\"7:30 PM\",\"offset\":2}"));
        assertThat(reply(turns, ToolChoice.AUTO)).isEqualTo("The local time is 7:30 PM, the offset is 2.");
    }

    @Test
    void speaksALateResultOnce() {
        List<Turn> turns = List.of(
                new Turn.User("what time is it", true),
                new Turn.Call("c1", "get_time", "{}"),
                new Turn.Result("c1", "In progress. The result will follow; do not call the tool again for it."),
                new Turn.Assistant("One moment."),
                new Turn.Note("The tool get_time has finished its call c1. Its result: It is noon."));
        assertThat(reply(turns, ToolChoice.AUTO)).isEqualTo("It is noon.");
    }
}

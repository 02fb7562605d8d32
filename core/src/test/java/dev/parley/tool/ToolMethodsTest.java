package dev.parley.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.P;
import dev.parley.RealtimeException;
import dev.parley.RealtimeSession;
import dev.parley.Tool;
import dev.parley.protocol.Json;
import java.io.InputStream;
import java.net.URI;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class ToolMethodsTest {
    enum Board {
        NONE,
        BREAKFAST
    }

    record Guest(
            @P("as in the passport") String name,

            @P(value = "in years", optional = true) @Nullable
            Integer age) {
        Guest {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("a marker that nobody may see");
            }
        }
    }

    static class Hotel {
        @Tool("Books a room.")
        String bookRoom(
                @P("the day of arrival") LocalDate arrival,
                @P("how many nights") int nights,
                Board board,
                List<Guest> guests,
                Optional<String> wishes,
                @P(value = "in the lobby", name = "parking_place") boolean parking,
                ToolCall call,
                RealtimeSession session,
                Optional<Principal> principal) {
            return arrival.plusDays(nights) + " " + board + " " + guests + " " + wishes + " " + parking + " "
                    + call.name() + " " + session.id() + " "
                    + principal.map(Principal::getName).orElse("");
        }
    }

    private static RealtimeTool only(Object of) {
        List<RealtimeTool> tools = of instanceof Class<?> type ? ToolMethods.of(type) : ToolMethods.of(of);
        assertThat(tools).hasSize(1);
        return tools.getFirst();
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) Json.mapper().readTree(text.replace('\'', '"'));
    }

    @Test
    void aSignatureBecomesASchema() {
        ToolSpec spec = only(Hotel.class).spec();
        assertThat(spec.name()).isEqualTo("book_room");
        assertThat(spec.description()).isEqualTo("Books a room.");
        assertThat(spec.timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(spec.parameters()).isEqualTo(json("""
                {'type':'object',
                 'properties':{
                   'arrival':{'type':'string','format':'date','description':'the day of arrival'},
                   'nights':{'type':'integer','description':'how many nights'},
                   'board':{'type':'string','enum':['NONE','BREAKFAST']},
                   'guests':{'type':'array','items':{
                     'type':'object',
                     'properties':{
                       'name':{'type':'string','description':'as in the passport'},
                       'age':{'type':'integer','description':'in years'}},
                     'required':['name'],
                     'additionalProperties':false}},
                   'wishes':{'type':'string'},
                   'parking_place':{'type':'boolean','description':'in the lobby'}},
                 'required':['arrival','nights','board','guests','parking_place'],
                 'additionalProperties':false}"""));
    }

    private static final String BOOKING = "{'arrival':'2026-11-23','nights':2.0,'board':'BREAKFAST',"
            + "'guests':[{'name':'Ann'},{'name':'Bob','age':7}],'parking_place':true,'wishes':null}";

    @Test
    void argumentsBecomeValues() throws Exception {
        String booking = BOOKING.replace('\'', '"');
        String told = "2026-11-25 BREAKFAST [Guest[name=Ann, age=null], Guest[name=Bob, age=7]] Optional.empty true"
                + " book_room sess_1 alice";
        assertThat(Calls.answer(only(new Hotel()), booking)).isEqualTo(told);
        assertThat(Calls.answer(only(Hotel.class), new Hotel(), booking)).isEqualTo(told);
        assertThat(Calls.answer(only(Hotel.class), booking)).isEqualTo("The tool failed.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'nights':2.0|'nights':'2'|the argument 'nights' must be an integer",
                "'nights':2.0|'nights':2.5|the argument 'nights' must be an integer",
                "'nights':2.0|'nights':3000000000|'nights' must be an integer from -2147483648 to 2147483647",
                "'nights':2.0|'nights':1e999|'nights' must be a number of usual size",
                "'nights':2.0,||the argument 'nights' is missing; it must be an integer",
                "'nights':2.0|'nights':null|the argument 'nights' must be an integer",
                "'BREAKFAST'|'LUNCH'|the argument 'board' must be one of [\"NONE\",\"BREAKFAST\"]",
                "2026-11-23|2026-02-31|the argument 'arrival' must be a date such as 2026-11-23",
                "'name':'Bob'|'name':7|the argument 'guests[1].name' must be a string",
                "'name':'Bob'|'name':''|the argument 'guests[1]' must be valid as a whole",
                "'age':7|'weight':7|the argument 'guests[1].weight' is unknown; there are [name, age]",
                "'parking_place':true|'parking_place':'yes'|the argument 'parking_place' must be true or false",
                "'guests':[|'guests':7,'x':[|'guests' must be an array",
            })
    void faultsAreToldInWords(String from, @Nullable String to, String told) throws Exception {
        String booking = BOOKING.replace(from, to == null ? "" : to).replace('\'', '"');
        assertThat(Calls.answer(only(new Hotel()), booking))
                .startsWith("The tool was not called: ")
                .contains(told)
                .doesNotContain("dev.parley", "marker", "java", "3000000000", "LUNCH");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "7", "{", "{\"a\":}", "nonsense"})
    void argumentsThatAreNoObjectAreTold(String json) throws Exception {
        assertThat(Calls.answer(only(new Hotel()), json)).startsWith("The tool was not called: its arguments are not");
    }

    @SuppressWarnings("ArrayRecordComponent")
    record Everything(
            byte a,
            short b,
            long c,
            float d,
            double e,
            char f,
            String[] g,
            int[] h,
            Set<Board> i,
            Map<String, Duration> j,
            UUID k,
            URI l,
            Instant m,
            LocalDateTime n,
            OptionalInt o,
            ObjectNode p,
            Optional<List<Guest>> q) {}

    static class All {
        @Tool("Takes all.")
        Object take(Everything all) {
            return all;
        }
    }

    @Test
    void everyTypeThatIsTakenComesBackAsJson() throws Exception {
        String json =
                "{\"all\":{\"a\":1,\"b\":-2,\"c\":3000000000,\"d\":1.5,\"e\":2,\"f\":\"x\",\"g\":[\"y\"],\"h\":[1,2],"
                        + "\"i\":[\"NONE\"],\"j\":{\"walk\":\"PT1H30M\"},\"k\":\"3b241101-e2bb-4255-8caf-4136c566a962\","
                        + "\"l\":\"https://example.com/\",\"m\":\"2026-11-23T14:30:00Z\",\"n\":\"2026-11-23T14:30:00\",\"o\":5,"
                        + "\"p\":{\"free\":[1]},\"q\":[{\"name\":\"Ann\",\"age\":null}]}}";
        ObjectNode back = json(Calls.answer(only(new All()), json));
        assertThat(back.put("e", 2)).isEqualTo(json(json).get("all"));
    }

    interface Talks {
        @Tool("Says hello.")
        String hello(String to);
    }

    static class Base implements Talks {
        @Override
        public String hello(String to) {
            return "Hello " + to;
        }

        @Tool(value = "Adds.", name = "sum", timeoutMs = 5, approval = true, meanwhile = "Wait.", meanwhileAfterMs = 9)
        static int add(int a, int b) {
            return a + b;
        }
    }

    static class Derived extends Base {
        @Override
        public String hello(String to) {
            return "Hi " + to;
        }
    }

    @Test
    void methodsOfSuperclassesAndInterfacesCount() throws Exception {
        List<RealtimeTool> tools = ToolMethods.of(new Derived());
        assertThat(tools).extracting(tool -> tool.spec().name()).containsExactly("sum", "hello");
        ToolSpec sum = tools.get(0).spec();
        assertThat(sum.timeout()).isEqualTo(Duration.ofMillis(5));
        assertThat(sum.approval()).isTrue();
        assertThat(sum.meanwhile()).contains(new ToolSpec.Meanwhile("Wait.", Duration.ofMillis(9)));
        assertThat(Calls.answer(tools.get(0), "{\"a\":1,\"b\":2}")).isEqualTo("3");
        assertThat(Calls.answer(tools.get(1), "{\"to\":\"Ann\"}")).isEqualTo("Hi Ann");
    }

    static class Returning {
        @Tool("Nothing.")
        void nothing() {}

        @Tool("A text later.")
        CompletionStage<String> later() {
            return CompletableFuture.supplyAsync(() -> "later");
        }

        @Tool("Fails later.")
        CompletionStage<String> failing() {
            return CompletableFuture.failedFuture(new ToolException("There is no such room."));
        }

        @Tool("A date.")
        Map<String, Object> date() {
            return Map.of("date", LocalDate.of(2026, 11, 23));
        }

        @Tool("Throws.")
        String throwing() {
            throw new IllegalStateException("a marker that nobody may see");
        }

        @Tool("An error.")
        String error() {
            throw new StackOverflowError();
        }

        @Tool("Tells.")
        String telling() throws ToolException {
            throw new ToolException("The room is taken.");
        }

        @Tool("Ten million characters.")
        String tenMillion() {
            return "x".repeat(10_000_000);
        }

        @Tool("A million numbers.")
        int[] numbers() {
            return new int[1_000_000];
        }

        @Tool("What no JSON is made of.")
        Object loop() {
            Object[] loop = new Object[1];
            loop[0] = loop;
            return loop;
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nothing|{\"ok\":true}",
                "later|later",
                "failing|There is no such room.",
                "date|{\"date\":\"2026-11-23\"}",
                "throwing|The tool failed.",
                "error|The tool failed.",
                "telling|The room is taken.",
            })
    void whatIsReturnedOrThrownIsTold(String name, String told) throws Exception {
        assertThat(Calls.answer(named(name), "")).isEqualTo(told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ten_million", "numbers", "loop"})
    void whatIsTooLongIsNotTold(String name) throws Exception {
        String told = Calls.answer(named(name), "{}");
        assertThat(told).hasSizeLessThan(300);
        if (!name.equals("loop")) {
            assertThat(told).contains("longer than 16000 characters");
        }
    }

    private static RealtimeTool named(String name) {
        return new Toolbox(ToolMethods.of(new Returning())).named(name).orElseThrow();
    }

    record Endless(String name, List<Endless> more) {}

    record Generic<T>(T value) {}

    static class A {
        @Tool("x")
        void a(Object thing) {}
    }

    static class B {
        @Tool("x")
        void b(List<?> things) {}
    }

    static class C {
        @Tool("x")
        void c(InputStream in) {}
    }

    static class D {
        @Tool("x")
        void d(@SuppressWarnings("rawtypes") List raw) {}
    }

    static class E {
        @Tool("x")
        void e(Function<String, String> code) {}
    }

    static class F {
        @Tool("x")
        void f(Endless endless) {}
    }

    static class G {
        @Tool("x")
        void g(Generic<String> generic) {}
    }

    static class H {
        @Tool("x")
        void h(@P(value = "x", optional = true) int primitive) {}
    }

    static class I {
        @Tool(" ")
        void i() {}
    }

    static class J {
        @Tool("x")
        void j(String one) {}

        @Tool("x")
        void j(int one) {}
    }

    static class K {
        @Tool("x")
        void k(@P("x") String one, @P(value = "x", name = "one") String two) {}
    }

    static class L {
        @Tool("x")
        private void l() {}

        void use() {
            l();
        }
    }

    static class M {
        @Tool(value = "x", timeoutMs = 0)
        void m() {}
    }

    static class N {
        @Tool(value = "x", name = "no spaces")
        void n() {}
    }

    static class O {
        @Tool("x")
        void o(Map<Integer, String> map) {}
    }

    static class Q {
        @Tool("x")
        void q(List<Optional<String>> list) {}
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A|A.a(): the parameter 'thing'|java.lang.Object",
                "B|B.b(): the parameter 'things'|?",
                "C|C.c(): the parameter 'in'|java.io.InputStream",
                "D|D.d(): the parameter 'raw'|java.util.List",
                "E|E.e(): the parameter 'code'|java.util.function.Function",
                "F|F.f(): the parameter 'endless'|holds itself",
                "G|G.g(): the parameter 'generic'|Generic",
                "H|H.h(): the parameter 'primitive'|boxed",
                "I|I.i()|without a description",
                "J|J.j() and|name one of them",
                "K|K.k(): the parameter 'two'|has the name 'one'",
                "L|L.l()|private",
                "M|M.m()|timeout",
                "N|N.n()|no spaces",
                "O|O.o(): the parameter 'map'|Map",
                "Q|Q.q(): the parameter 'list'|Optional",
            })
    void whatCannotBeAToolIsRefusedWithItsPlace(String type, String place, String why) throws Exception {
        Class<?> refused = Class.forName(ToolMethodsTest.class.getName() + "$" + type);
        assertThatThrownBy(() -> ToolMethods.of(refused))
                .isInstanceOf(RealtimeException.InvalidConfig.class)
                .hasMessageContaining("ToolMethodsTest$" + place)
                .hasMessageContaining(why);
    }

    @Test
    void aNameIsNeededWhereTheCompilerHasLeftItOut() {
        assertThatThrownBy(() -> Arguments.checkNamed(false, null, "X.x(): the parameter 'arg0'"))
                .hasMessageContaining("X.x()")
                .hasMessageContaining("-parameters");
    }
}

package dev.parley.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.event.session.ClientSecretRequest;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is decoded is encoded as it came: from the components, and whatever came. */
class RoundTripTest {
    private static final ObjectNode SECRET =
            Samples.json("{'expires_after':{'anchor':'created_at','seconds':60},'session':{'type':'realtime'},'x':1}");

    private static ObjectNode server(ObjectNode json) {
        return ServerEvent.decode(json).encode();
    }

    private static ObjectNode client(ObjectNode json) {
        return ClientEvent.decode(json).encode();
    }

    static Stream<ObjectNode> all() {
        return Stream.concat(Samples.server().stream(), Samples.client().stream());
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyEventComesBack(ObjectNode json) {
        assertSame(json, RoundTripTest::server);
        assertSame(json, RoundTripTest::client);
        assertThat(ServerEvent.decode(json)).isEqualTo(ServerEvent.decode(json.deepCopy()));
        assertThat(ServerEvent.decode(json).type().name())
                .isEqualTo(json.path("type").asString(""));
    }

    @Test
    void aRequestForASecretComesBack() {
        assertSame(SECRET, json -> ClientSecretRequest.decode(json).encode());
    }

    /** Equal as trees, and as text but for the order of fields: 1 is not 1.0. */
    private static void assertSame(ObjectNode json, UnaryOperator<ObjectNode> way) {
        ObjectNode before = json.deepCopy();
        ObjectNode back = way.apply(json);
        assertThat(back).isEqualTo(before);
        assertThat(sorted(back.toString())).isEqualTo(sorted(before.toString()));
        assertThat(json).as("what is decoded is not changed").isEqualTo(before);
    }

    private static List<Integer> sorted(String text) {
        return text.chars().sorted().boxed().toList();
    }

    @Test
    void theSamplesFillEveryComponentOfEveryRecord() {
        Set<String> filled = new HashSet<>();
        Samples.server().forEach(json -> walk(ServerEvent.decode(json), filled));
        all().forEach(json -> walk(ClientEvent.decode(json), filled));
        walk(ClientSecretRequest.decode(SECRET), filled);

        Set<String> declared = new TreeSet<>();
        declare(ServerEvent.class, declared, new HashSet<>());
        declare(ClientEvent.class, declared, new HashSet<>());
        declare(ClientSecretRequest.class, declared, new HashSet<>());
        declared.removeAll(filled);
        assertThat(declared).isEmpty();
    }

    private static void walk(@Nullable Object value, Set<String> filled) {
        if (value instanceof Collection<?> many) {
            many.forEach(one -> walk(one, filled));
        }
        if (!(value instanceof Record)) {
            return;
        }
        filled.add(value.getClass().getName());
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            try {
                Object part = component.getAccessor().invoke(value);
                if (part != null && !List.of("", 0, 0L, false, List.of()).contains(part)) {
                    filled.add(value.getClass().getName() + "." + component.getName());
                }
                walk(part, filled);
            } catch (ReflectiveOperationException e) {
                throw new LinkageError(e.getMessage(), e);
            }
        }
    }

    private static void declare(Class<?> type, Set<String> declared, Set<Class<?>> seen) {
        if (!type.getName().startsWith("dev.parley.event") || !seen.add(type)) {
            return;
        }
        if (type.isSealed()) {
            for (Class<?> one : type.getPermittedSubclasses()) {
                declare(one, declared, seen);
            }
            return;
        }
        declared.add(type.getName());
        for (RecordComponent component : type.getRecordComponents()) {
            declared.add(type.getName() + "." + component.getName());
            declare(component.getType(), declared, seen);
            if (component.getGenericType() instanceof java.lang.reflect.ParameterizedType list) {
                declare((Class<?>) list.getActualTypeArguments()[0], declared, seen);
            }
        }
    }

    @Test
    void whateverComesIsDecodedAndComesBack() {
        List<ObjectNode> samples = all().toList();
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            ObjectNode json = samples.get(random.nextInt(samples.size())).deepCopy();
            int changes = 1 + random.nextInt(4);
            for (int i = 0; i < changes; i++) {
                change(json, random);
            }
            assertThat(server(json)).as("seed %d", seed).isEqualTo(json);
            assertThat(client(json)).as("seed %d", seed).isEqualTo(json);
            // A strict check of anything at all ends with an answer.
            assertThat(ClientEvent.check(json)).as("seed %d", seed).isNotNull();
        }
    }

    private static void change(ObjectNode json, Random random) {
        List<ObjectNode> objects = new ArrayList<>();
        objects(json, objects);
        ObjectNode object = objects.get(random.nextInt(objects.size()));
        List<String> names = new ArrayList<>(object.propertyNames());
        if (names.isEmpty() || random.nextInt(4) == 0) {
            object.set(List.of("x", "more", "type", "id", "json").get(random.nextInt(5)), anything(random));
            return;
        }
        String name = names.get(random.nextInt(names.size()));
        if (random.nextInt(3) == 0) {
            object.remove(name);
        } else {
            object.set(name, anything(random));
        }
    }

    private static void objects(JsonNode node, List<ObjectNode> found) {
        if (node instanceof ObjectNode object) {
            found.add(object);
        }
        node.forEach(child -> objects(child, found));
    }

    private static JsonNode anything(Random random) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        ArrayNode array = nodes.arrayNode().add("x").add(1).addNull();
        return switch (random.nextInt(14)) {
            case 0 -> nodes.nullNode();
            case 1 -> nodes.booleanNode(random.nextBoolean());
            case 2 -> nodes.numberNode(random.nextInt());
            case 3 -> nodes.numberNode(Integer.MAX_VALUE + 1L + random.nextInt(9));
            case 4 -> nodes.numberNode(1.0);
            case 5 -> nodes.numberNode(random.nextDouble());
            case 6 -> nodes.numberNode(java.math.BigInteger.TWO.pow(80));
            case 7 -> nodes.stringNode("");
            case 8 -> nodes.stringNode("auto");
            case 9 -> nodes.stringNode("message");
            case 10 -> nodes.objectNode();
            case 11 -> nodes.objectNode().put("type", "function").put("rate", "high");
            case 12 -> nodes.arrayNode();
            default -> array;
        };
    }

    @Test
    void whatIsDecodedDoesNotChangeWithItsSource() {
        ObjectNode json = Samples.json("{'type':'response.done','response':{'id':'r','extra':{'a':1}}}");
        ServerEvent event = ServerEvent.decode(json);
        ((ObjectNode) json.path("response").path("extra")).put("a", 2);
        ResponseEvent.Done done = (ResponseEvent.Done) event;
        done.response().more().json().put("id", "other");
        assertThat(done.response().more().json()).isEqualTo(Samples.json("{'extra':{'a':1}}"));
        assertThat(done.encode().path("response").path("extra").path("a").asInt())
                .isEqualTo(1);
    }
}

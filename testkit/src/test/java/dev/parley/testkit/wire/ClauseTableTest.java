package dev.parley.testkit.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** The table of clauses names each test of this package, and no test that is not there. */
class ClauseTableTest {
    private static final Path TABLE = Path.of("../docs/wire/websocket.md");
    private static final Pattern NAMED = Pattern.compile("`(\\w+Test\\.\\w+)`");

    @Test
    void tellsOfEveryTestAndOfNoOther() throws Exception {
        TreeSet<String> named = new TreeSet<>();
        NAMED.matcher(Files.readString(TABLE)).results().forEach(found -> named.add(found.group(1)));
        assertThat(named).isEqualTo(tests());
    }

    @Test
    void hasATestInEachRow() throws IOException {
        List<String> rows = Files.readAllLines(TABLE).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| clause"))
                .toList();
        assertThat(rows)
                .hasSizeGreaterThan(40)
                .allSatisfy(row -> assertThat(row).containsPattern(NAMED));
    }

    private static Set<String> tests() throws ClassNotFoundException, IOException, URISyntaxException {
        Class<?> here = ClauseTableTest.class;
        Path folder = Path.of(Objects.requireNonNull(here.getResource("")).toURI());
        TreeSet<String> tests = new TreeSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString().replace(".class", "");
                if (name.endsWith("Test") && !name.equals(here.getSimpleName())) {
                    Class<?> type = Class.forName(here.getPackageName() + "." + name);
                    Arrays.stream(type.getDeclaredMethods())
                            .filter(ClauseTableTest::isTest)
                            .forEach(method -> tests.add(name + "." + method.getName()));
                }
            }
        }
        return tests;
    }

    private static boolean isTest(Method method) {
        return method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class);
    }
}

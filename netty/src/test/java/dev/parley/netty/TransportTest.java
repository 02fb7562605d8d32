package dev.parley.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.RealtimeException;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransportTest {
    @Test
    void takesTheOneThatIsNamed() {
        assertThat(Transport.of(Map.of(Transport.VARIABLE, " NIO "))).isEqualTo(Transport.NIO);
    }

    /** No native jar is among this module's dependencies. */
    @ParameterizedTest
    @ValueSource(strings = {"", "auto"})
    void takesTheJdksWithoutNativeJars(String value) {
        assertThat(Transport.of(Map.of(Transport.VARIABLE, value))).isEqualTo(Transport.NIO);
        assertThat(Transport.of(Map.of())).isEqualTo(Transport.NIO);
    }

    @Test
    void refusesWhatIsNoTransport() {
        assertThatThrownBy(() -> Transport.of(Map.of(Transport.VARIABLE, "smoke")))
                .isInstanceOf(RealtimeException.InvalidConfig.class)
                .hasMessage("PARLEY_TRANSPORT is 'smoke'; it must be auto, epoll, kqueue, io_uring, nio");
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "kqueue", "io_uring"})
    void saysWhyTheOneThatIsNamedIsMissing(String name) {
        assertThatThrownBy(() -> Transport.of(Map.of(Transport.VARIABLE, name)))
                .isInstanceOf(RealtimeException.InvalidConfig.class)
                .hasMessageContaining("PARLEY_TRANSPORT is '" + name + "', which cannot be used here")
                .hasMessageContaining("Available: nio");
    }

    /** An application may have none of the optional jars, not even their classes. */
    @Test
    void runsWhereTheClassesOfNativeTransportsAreMissing() throws Exception {
        URL[] rest = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("netty-transport-classes-"))
                .map(TransportTest::url)
                .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(rest, ClassLoader.getPlatformClassLoader())) {
            Class<?> transport = loader.loadClass(Transport.class.getName());
            Object best = transport.getMethod("of", Map.class).invoke(null, Map.of());
            assertThat(best).hasToString("NIO");
            assertThatThrownBy(() ->
                            transport.getMethod("of", Map.class).invoke(null, Map.of(Transport.VARIABLE, "epoll")))
                    .cause()
                    .hasMessageContaining("netty-transport-native-epoll is not among the dependencies");
            assertThatThrownBy(() -> loader.loadClass("io.netty.channel.epoll.Epoll"))
                    .isInstanceOf(ClassNotFoundException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "two", "1025"})
    void refusesWhatIsNoNumberOfLoops(String value) {
        assertThatThrownBy(() -> Transport.loops(Map.of(Transport.LOOPS_VARIABLE, value)))
                .isInstanceOf(RealtimeException.InvalidConfig.class)
                .hasMessageContaining("PARLEY_EVENT_LOOPS is '" + value + "'");
        assertThat(Transport.loops(Map.of(Transport.LOOPS_VARIABLE, "3"))).isEqualTo(3);
        assertThat(Transport.loops(Map.of())).isEqualTo(Runtime.getRuntime().availableProcessors());
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (java.net.MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}

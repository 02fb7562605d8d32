package dev.parley.server.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.server.CommandException;
import dev.parley.server.Environment;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class ServingTest {
    private static final Environment NOTHING = new Environment(Map.of(), false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--port 0",
                "--host 127.0.0.1 --port 0 --provider openai --config parley.yml",
                "--tls-cert a.pem --tls-key b.pem",
                "--port abc --provider talk",
                "--config ${HOME}/'a.yml' --host serve"
            })
    void readsPlainFlags(String line) {
        assertThat(Serving.plain(line.split(" "))).hasValue(byTheLibrary(line.split(" ")));
    }

    @Test
    void readsNoFlagsAtAll() {
        assertThat(Serving.plain()).isPresent();
    }

    /** A flag that one of the two knew alone would be refused or taken by chance. */
    @Test
    void readsTheFlagsThatTheLibraryReads() {
        for (OptionSpec option : library().getCommandSpec().options()) {
            String[] line = {option.longestName(), "x"};
            if (option.usageHelp() || option.versionHelp()) {
                assertThat(Serving.plain(line)).isEmpty();
            } else {
                assertThat(Serving.plain(line)).hasValue(byTheLibrary(line));
            }
        }
        for (Key key : Key.values()) {
            key.flag().ifPresent(flag -> byTheLibrary(flag, "x"));
        }
    }

    @Test
    void refusesNamesThatAreNoFiles() {
        // Like letters that the locale does not have, which a test cannot choose.
        Serving serving = Serving.plain("--config", "a\0b").orElseThrow();
        assertThatThrownBy(() -> serving.run(NOTHING, new PrintWriter(Writer.nullWriter())))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("--config")
                .hasMessageContaining("is no name of a file");
    }

    private static CommandLine library() {
        return new CommandLine(new ServeCommand(NOTHING));
    }

    private static Serving byTheLibrary(String... line) {
        CommandLine library = library();
        library.parseArgs(line);
        return library.<ServeCommand>getCommand().serving();
    }

    /** The library knows what is meant, or says what is wrong. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "--port",
                "--port=0",
                "--port --host",
                "--port 0 --port 1",
                "--config a --config b",
                "--nonsense 1",
                "0",
                "@flags",
                "--port @flags",
                "--voice marin"
            })
    void leavesAllElseToTheLibrary(String line) {
        assertThat(Serving.plain(line.split(" "))).isEmpty();
    }
}

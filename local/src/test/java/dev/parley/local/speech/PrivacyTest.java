package dev.parley.local.speech;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class PrivacyTest {
    @Test
    void whatIsSpokenIsNotLoggedAtInfo() {
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        Logger mary = (Logger) LoggerFactory.getLogger("marytts");
        ListAppender<ILoggingEvent> all = new ListAppender<>();
        all.start();
        mary.setLevel(Level.INFO);
        mary.setAdditive(false);
        mary.addAppender(all);
        root.addAppender(all);
        try (MaryVoice voice = MaryVoice.load()) {
            voice.speak("Zanzibar qwrtz 4711, and " + "zanzibar".repeat(40), (pcm, offset, length) -> true);
        } finally {
            mary.detachAppender(all);
            mary.setAdditive(true);
            mary.setLevel(Level.OFF);
            root.detachAppender(all);
        }
        List<String> said =
                all.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
        assertThat(said)
                .isNotEmpty()
                .noneMatch(
                        line -> line.toLowerCase(java.util.Locale.ROOT).contains("anziba") || line.contains("qwrtz"));
        assertThat(Files.exists(Path.of("log", "server.log"))).isFalse();
    }
}

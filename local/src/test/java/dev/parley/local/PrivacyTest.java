package dev.parley.local;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.parley.RealtimeSessionConfig;
import dev.parley.local.mind.Responder;
import dev.parley.local.speech.EnergyDetector;
import dev.parley.local.speech.Synthesizer;
import dev.parley.local.work.Parts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Nothing that is said, asked for or called with is logged, whatever fails, at any level. */
class PrivacyTest {
    private static final class FailingVoice implements Synthesizer {
        @Override
        public void speak(String sentence, String voice, Sink sink) {
            throw new IllegalStateException(sentence);
        }

        @Override
        public void close() {}
    }

    @Test
    void markersStayOutOfTheLogs() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Level before = root.getLevel();
        root.setLevel(Level.TRACE);
        root.addAppender(log);
        try {
            run((request, sink) -> sink.text("marker-answer " + request.instructions()));
            run((request, sink) -> sink.call("f", "{\"marker-argument\":1}"));
            run((request, sink) -> {
                throw new IllegalStateException("marker-answer " + request);
            });
        } finally {
            root.detachAppender(log);
            root.setLevel(before);
        }
        List<String> lines = log.list.stream()
                .map(event -> event.getFormattedMessage()
                        + (event.getThrowableProxy() == null
                                ? ""
                                : event.getThrowableProxy().getMessage()))
                .toList();
        assertThat(lines).isNotEmpty().noneMatch(line -> line.contains("marker"));
    }

    private static void run(Responder mind) throws Exception {
        Parts parts = new Parts(EnergyDetector::new, new LocalProviderTest.QuickEars(), mind, new FailingVoice());
        try (LocalProvider provider = new LocalProvider(1, progress -> parts);
                Caller caller = new Caller(
                        provider,
                        RealtimeSessionConfig.builder()
                                .instructions("marker-instructions")
                                .build())) {
            caller.await("session.created");
            caller.send("{'type':'conversation.item.create','item':{'type':'message','role':'user','content':"
                    + "[{'type':'input_text','text':'marker-text'}]}}");
            caller.send("{'type':'response.create'}");
            caller.await("response.done");
        }
    }
}

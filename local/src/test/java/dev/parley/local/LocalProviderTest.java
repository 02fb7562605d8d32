package dev.parley.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.RealtimeException;
import dev.parley.RealtimeSessionConfig;
import dev.parley.leg.CloseReason;
import dev.parley.leg.Failure;
import dev.parley.local.mind.DemoMind;
import dev.parley.local.phrase.Phrasebook;
import dev.parley.local.speech.EnergyDetector;
import dev.parley.local.speech.SpeechException;
import dev.parley.local.speech.Synthesizer;
import dev.parley.local.speech.Transcriber;
import dev.parley.local.speech.Transcript;
import dev.parley.local.work.Parts;
import dev.parley.provider.ProviderFactory;
import dev.parley.provider.ProviderSettings;
import dev.parley.provider.RealtimeProvider;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalProviderTest {
    static final class QuickEars implements dev.parley.local.speech.Ears {
        @Override
        public Transcriber listen() {
            return new Transcriber() {
                @Override
                public void accept(short[] pcm, int offset, int length) {}

                @Override
                public Transcript finish() {
                    return new Transcript("what is two plus two", true);
                }

                @Override
                public void cancel() {}
            };
        }

        @Override
        public void close() {}
    }

    static final class QuickVoice implements Synthesizer {
        @Override
        public void speak(String sentence, String voice, Sink sink) {
            short[] chunk = new short[480];
            for (int i = 0; i < 30 && sink.pcm(chunk, 0, 480); i++) {}
        }

        @Override
        public void close() {}
    }

    static Parts quick() {
        return new Parts(EnergyDetector::new, new QuickEars(), new DemoMind(Clock.systemUTC()), new QuickVoice());
    }

    @Test
    void isFoundByItsName() {
        RealtimeProvider found = ServiceLoader.load(ProviderFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(factory -> factory.names().contains("local"))
                .findFirst()
                .orElseThrow()
                .create(ProviderSettings.of("local"), Map.of("PARLEY_LOCAL_MAX_SESSIONS", ""), () -> {
                    throw new AssertionError("needs no sockets");
                });
        try (found) {
            assertThat(found.name()).isEqualTo("local");
            assertThat(found.capabilities("any").passThrough()).isFalse();
            assertThat(found.capabilities("any").voices()).contains("marin").hasSize(10);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PARLEY_LOCAL_MAX_SESSIONS,0",
        "PARLEY_LOCAL_MAX_SESSIONS,many",
        "PARLEY_LOCAL_CHAT_URL,ftp://x",
        "PARLEY_LOCAL_CHAT_URL,http://x y",
        "PARLEY_LOCAL_CHAT_URL,http://localhost/v1",
        "PARLEY_LOCAL_PHRASES,/nowhere/robot.phrases"
    })
    void refusesWrongVariables(String name, String value) {
        assertThatThrownBy(() -> LocalOptions.of(Map.of(name, value)))
                .isInstanceOf(RealtimeException.InvalidConfig.class)
                .hasMessageContaining(name.startsWith("PARLEY_LOCAL_PHRASES") ? value : "PARLEY_LOCAL_");
    }

    @Test
    void aWordThatCannotBeHeardIsRefusedAtTheStart() {
        Phrasebook book = Phrasebook.of("(open | shut) the frobnicator -> frob");
        assertThatThrownBy(() -> new LocalProvider(LocalOptions.DEMO.with(book)))
                .isInstanceOf(RealtimeException.InvalidConfig.class)
                .hasMessageContaining("frobnicator")
                .hasMessageNotContainingAny("shut");
        Phrasebook spelled =
                Phrasebook.of("(open | shut) the frobnicator -> frob\nfrobnicator /F R AA B N IH K EY T ER/");
        new LocalProvider(LocalOptions.DEMO.with(spelled)).close();
    }

    @Test
    void phrasesAreNamedByAVariable() {
        LocalOptions options =
                LocalOptions.of(Map.of("PARLEY_LOCAL_PHRASES", "classpath:dev/parley/local/phrase/robot.phrases"));
        assertThat(options.phrases().isEmpty()).isFalse();
        assertThat(LocalOptions.of(Map.of("PARLEY_LOCAL_PHRASES", " "))
                        .phrases()
                        .isEmpty())
                .isTrue();
    }

    @Test
    void theKeyIsNotShown() {
        LocalOptions options = LocalOptions.of(Map.of(
                "PARLEY_LOCAL_CHAT_URL", "http://localhost:1/v1",
                "PARLEY_LOCAL_CHAT_MODEL", "m",
                "PARLEY_LOCAL_CHAT_KEY", "marker-key"));
        assertThat(options.toString()).doesNotContain("marker-key");
        assertThat(options.chat().orElseThrow().key()).contains("marker-key");
    }

    @Test
    void aSessionTooManyIsToldSo() throws InterruptedException {
        try (LocalProvider provider = new LocalProvider(1, progress -> quick());
                Caller first = new Caller(provider, RealtimeSessionConfig.EMPTY)) {
            first.await("session.created");
            Caller second = new Caller(provider, RealtimeSessionConfig.EMPTY);
            CloseReason why = second.closed.join();
            assertThat(why.failure()).isEqualTo(Failure.PROVIDER_BUSY);
            assertThat(why.text()).contains("PARLEY_LOCAL_MAX_SESSIONS");
            leave(first);
            try (Caller third = new Caller(provider, RealtimeSessionConfig.EMPTY)) {
                third.await("session.created");
            }
        }
    }

    private static void leave(Caller caller) {
        caller.close();
    }

    @Test
    void modelsThatCannotBeLoadedRefuseTheSessionAndAreTriedAgain() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        try (LocalProvider provider = new LocalProvider(9, progress -> {
            if (tries.incrementAndGet() == 1) {
                throw new SpeechException("there is no Vosk model folder at /nowhere");
            }
            return quick();
        })) {
            CloseReason why = new Caller(provider, RealtimeSessionConfig.EMPTY).closed.join();
            assertThat(why.failure()).isEqualTo(Failure.PROVIDER_REFUSED);
            assertThat(why.text()).contains("there is no Vosk model folder");
            try (Caller again = new Caller(provider, RealtimeSessionConfig.EMPTY)) {
                again.await("session.created");
            }
            assertThatThrownBy(() -> new LocalProvider(1, p -> {
                                throw new SpeechException("no");
                            })
                            .warmUp((step, took) -> {}))
                    .isInstanceOf(RealtimeException.ConnectionFailed.class);
        }
    }

    @Test
    void manySessionsAtOnceEachGetTheirOwnAnswers() throws Exception {
        int count = 60;
        int turns = 5;
        List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
        CountDownLatch done = new CountDownLatch(count);
        try (LocalProvider provider = new LocalProvider(count, progress -> quick())) {
            for (int i = 0; i < count; i++) {
                int number = i;
                Thread.ofVirtual().start(() -> {
                    try (Caller caller = new Caller(provider, RealtimeSessionConfig.EMPTY)) {
                        caller.await("session.created");
                        for (int turn = 0; turn < turns; turn++) {
                            exchange(caller, number * 7 + turn);
                        }
                        if (number % 2 == 0) {
                            // Leaves in the middle of an answer.
                            caller.send("{'type':'response.create'}");
                            caller.await("response.created");
                        }
                    } catch (Throwable e) {
                        failures.add(e);
                    } finally {
                        done.countDown();
                    }
                });
            }
            assertThat(done.await(100, TimeUnit.SECONDS)).isTrue();
            assertThat(failures).isEmpty();
            // All are gone, so that as many more find room.
            try (Caller next = new Caller(provider, RealtimeSessionConfig.EMPTY)) {
                next.await("session.created");
            }
        }
    }

    private static void exchange(Caller caller, int number) throws InterruptedException {
        caller.send("{'type':'conversation.item.create','item':{'type':'message','role':'user','content':"
                + "[{'type':'input_text','text':'what is " + number + " plus 0'}]}}");
        caller.send("{'type':'response.create'}");
        String transcript = caller.await("response.output_audio_transcript.done")
                .event()
                .path("transcript")
                .asString();
        caller.await("response.done");
        String plain = transcript.toLowerCase(java.util.Locale.ROOT).replace(".", "");
        String[] sides = plain.split(" plus zero is ", -1);
        if (sides.length != 2 || !sides[0].equals(sides[1])) {
            throw new AssertionError("a wrong answer");
        }
    }
}

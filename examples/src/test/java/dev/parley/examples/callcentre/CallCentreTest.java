package dev.parley.examples.callcentre;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.RealtimeModule;
import dev.parley.examples.caller.SpokenCaller;
import dev.parley.local.speech.MaryVoice;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CallCentreTest {
    @Test
    void callersWithNamesMoodsAndHangUps() throws Exception {
        Waiting waiting = new Waiting();
        CallLog log = new CallLog();
        Desk desk = new Desk(waiting, "Paula");
        try (RealtimeModule module =
                        Reception.module(Map.of("1234", "It is on its way."), waiting, log, desk, Map.of());
                MaryVoice voice = MaryVoice.load()) {
            InetSocketAddress at = module.listen(0);

            try (SpokenCaller peter = new SpokenCaller(at, "reception", voice, "ash")) {
                peter.hear();
                assertThat(peter.say("My name is Peter.").words()).isEqualTo("Hello, peter.");
                assertThat(peter.say("Where is my order one two three four?").words())
                        .isEqualTo("It is on its way.");
                assertThat(peter.say("That is all.").words()).isEqualTo("Goodbye.");
                peter.awaitEnd();
            }
            assertThat(log.next()).isEqualTo("peter hung up");

            // Impatient: asks for a person, and does not wait.
            SpokenCaller maria = new SpokenCaller(at, "reception", voice, "coral");
            maria.hear();
            maria.say("My name is Maria.");
            assertThat(maria.say("I want to talk to a person.").words()).isEqualTo("You are number 1 in the queue.");
            maria.close();
            assertThat(log.next()).isEqualTo("maria left the queue");
            assertThat(desk.take()).isEmpty();

            // Angry: is warned once.
            try (SpokenCaller david = new SpokenCaller(at, "reception", voice, "echo")) {
                david.hear();
                assertThat(david.say("You are an idiot!").words()).isEqualTo("Please stay polite.");
                david.speak("This is stupid!");
                david.awaitEnd();
            }
            assertThat(log.next()).isEqualTo("somebody hung up");

            // Patient: is helped by a person, in the same call.
            try (SpokenCaller anna = new SpokenCaller(at, "reception", voice, "shimmer")) {
                anna.hear();
                assertThat(anna.say("My order is broken.").words()).isEqualTo("You are number 1 in the queue.");
                Waiting.Customer customer = desk.take().orElseThrow();
                assertThat(customer.reason()).isEqualTo("a broken order");
                assertThat(anna.hear().words()).isEqualTo("This is Paula.");
                anna.speak("It was the blue cup.");
                assertThat(Objects.requireNonNull(desk.screen().poll(30, TimeUnit.SECONDS))
                                .text())
                        .isEqualTo("it was the blue cup");
                desk.type(customer, "You get a new one.");
                assertThat(anna.hear().words()).isEqualTo("You get a new one.");
            }
            assertThat(log.next()).isEqualTo("somebody was helped");
            assertThat(log.all()).isEmpty();
        }
    }
}

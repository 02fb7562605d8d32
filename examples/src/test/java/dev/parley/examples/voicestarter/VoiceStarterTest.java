package dev.parley.examples.voicestarter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.RealtimeModule;
import dev.parley.examples.caller.Answer;
import dev.parley.examples.caller.SpokenCaller;
import dev.parley.local.speech.MaryVoice;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VoiceStarterTest {
    @Test
    void aHouseIsTalkedTo() throws Exception {
        VoiceStarter.House house = new VoiceStarter.House();
        try (RealtimeModule module = VoiceStarter.module(house, Map.of());
                MaryVoice voice = MaryVoice.load();
                SpokenCaller caller = new SpokenCaller(module.listen(0), "house", voice, "cedar")) {
            assertThat(caller.hear().words()).isEqualTo("Hello, I am your house.");
            Answer answer = caller.say("Turn on the kitchen light.");
            assertThat(answer.words()).isEqualTo("The kitchen light is on now.");
            assertThat(answer.audioMs()).isBetween(1_000, 4_000);
            assertThat(house.lit).containsExactly("kitchen");
            assertThat(caller.say("What is twelve plus thirty?").words()).isEqualTo("Twelve plus thirty is forty-two.");
        }
    }
}

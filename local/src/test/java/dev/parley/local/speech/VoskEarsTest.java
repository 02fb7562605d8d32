package dev.parley.local.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VoskEarsTest {
    @Test
    void saysWhatIsWrongWithTheFolder(@TempDir Path folder) {
        assertThatThrownBy(() -> VoskEars.load(folder.resolve("nowhere")))
                .isInstanceOf(SpeechException.class)
                .hasMessageContaining("there is no Vosk model folder at")
                .hasMessageContaining("nowhere");
        assertThatThrownBy(() -> VoskEars.load(folder))
                .isInstanceOf(SpeechException.class)
                .hasMessageContaining("is not a Vosk model");
    }

    @Test
    void readsVosksAnswers() {
        assertThat(VoskEars.text("{\n  \"text\" : \"turn on the light\"\n}")).isEqualTo("turn on the light");
        assertThat(VoskEars.text("{\n  \"text\" : \"\"\n}")).isEmpty();
        assertThat(VoskEars.text("{}")).isEmpty();
    }
}

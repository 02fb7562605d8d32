package dev.parley;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class RealtimeSessionConfigTest {
    private static ObjectNode json(String text) {
        return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static RealtimeSessionConfig config(String session) {
        return RealtimeSessionConfig.builder().session(json(session)).build();
    }

    @Test
    void mergesAudioFieldByFieldAndTheRestAsAWhole() {
        RealtimeSessionConfig base = config(
                "{'model':'a','instructions':'x','tools':[1],'audio':{'input':"
                        + "{'turn_detection':{'type':'server_vad','threshold':0.3},'noise_reduction':null},'output':{'voice':'v'}}}");
        RealtimeSessionConfig merged = base.with(
                config("{'model':'b','tools':[],'audio':{'input':{'turn_detection':{'type':'semantic_vad'}}}}"));
        assertThat(merged.model()).contains("b");
        assertThat(merged.session())
                .contains(
                        json(
                                "{'type':'realtime','instructions':'x','tools':[],'audio':{'input':"
                                        + "{'turn_detection':{'type':'semantic_vad'},'noise_reduction':null},'output':{'voice':'v'}}}"));
        assertThat(base.session().orElseThrow().path("tools")).hasSize(1);
    }

    @Test
    void sendsNullForNoTurnDetection() {
        assertThat(RealtimeSessionConfig.builder().turnDetection(false).build().session())
                .contains(json("{'type':'realtime','audio':{'input':{'turn_detection':null}}}"));
    }

    @Test
    void sendsNothingWhereNothingIsSet() {
        assertThat(RealtimeSessionConfig.builder().model("m").build().session()).isEmpty();
        assertThat(RealtimeSessionConfig.builder()
                        .transcription(true)
                        .instructions("x")
                        .build()
                        .session())
                .isEmpty();
    }

    @Test
    void keepsOfATranscriptionWhatItHas() {
        RealtimeSessionConfig config = config("{'type':'transcription','instructions':'x','include':null,"
                + "'audio':{'input':{'transcription':{'model':'w'}},'output':{'voice':'v'}}}");
        assertThat(config.transcription()).isTrue();
        assertThat(config.session())
                .contains(json(
                        "{'type':'transcription','audio':{'input':{'transcription':{'model':'w'}}},'include':null}"));
    }

    @Test
    void showsNoPrompt() {
        assertThat(config("{'instructions':'secret prompt'}").toString()).doesNotContain("secret prompt");
    }
}

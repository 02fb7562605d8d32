package dev.parley.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.RealtimeAudioFormat;
import dev.parley.RealtimeSessionConfig;
import dev.parley.protocol.AudioEvent;
import dev.parley.protocol.Bytes;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventScanner;
import dev.parley.provider.Capabilities;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the bridge does at the borders: early and refused settings, and too much audio. */
class AudioEdgeTest {
    private static final String PCM_8K = "{'type':'audio/pcm','rate':8000}";
    private static final String PCM_24K = "{'type':'audio/pcm','rate':24000}";
    private static final String PCMU = "{'type':'audio/pcmu'}";

    private final List<Event> sent = new ArrayList<>();
    private final List<Event> told = new ArrayList<>();
    private final List<ErrorDetail> errors = new ArrayList<>();

    private AudioBridge bridge(RealtimeAudioFormat client) {
        Set<RealtimeAudioFormat> formats = Set.of(RealtimeAudioFormat.PCM_24K, RealtimeAudioFormat.PCMU);
        Capabilities provider = new Capabilities(
                true,
                true,
                true,
                Set.of("audio"),
                formats,
                formats,
                Set.of(),
                Set.of(),
                Optional.empty(),
                true,
                true,
                true,
                true,
                false,
                false,
                Optional.empty(),
                Capabilities.Billing.FREE);
        RealtimeSessionConfig config = RealtimeSessionConfig.builder()
                .inputFormat(client)
                .outputFormat(client)
                .build();
        return new AudioBridge(config, provider, 15 << 20, new Random(1), new Exits() {
            @Override
            public boolean toProvider(Event event) {
                return sent.add(event);
            }

            @Override
            public void fromProvider(Event event) {
                told.add(event);
            }

            @Override
            public void tellClient(ErrorDetail error, @Nullable String cause) {
                errors.add(error);
            }
        });
    }

    private static Event event(String json) {
        return new EventScanner().scan(Bytes.utf8(json.replace('\'', '"')));
    }

    private static Event append(int bytes) {
        return event("{'type':'input_audio_buffer.append','audio':'" + base64(bytes) + "'}");
    }

    private static Event delta(String item, int bytes) {
        return event("{'type':'response.output_audio.delta','event_id':'e','item_id':'" + item
                + "','content_index':0,'delta':'" + base64(bytes) + "'}");
    }

    private static String base64(int bytes) {
        return Base64.getEncoder().encodeToString(new byte[bytes]);
    }

    /** A {@code session.update} or {@code session.updated}. */
    private static Event settings(String type, String id, String format) {
        return event("{'type':'" + type + "','event_id':'" + id + "','session':{'type':'realtime','audio':{"
                + "'input':{'format':" + format + "},'output':{'format':" + format + "}}}}");
    }

    private static int audioBytes(List<Event> events) {
        return events.stream()
                .filter(AudioEvent.class::isInstance)
                .mapToInt(each -> ((AudioEvent) each).audioBytes())
                .sum();
    }

    @Test
    void anEarlyUpdateLeavesWhatTheProviderStartsWith() {
        AudioBridge bridge = bridge(RealtimeAudioFormat.PCM_8K);
        bridge.toProvider(settings("session.update", "early", PCMU));
        assertThat(bridge.provided().inputFormat()).contains(RealtimeAudioFormat.PCM_24K);
        assertThat(bridge.provided().outputFormat()).contains(RealtimeAudioFormat.PCM_24K);
    }

    @Test
    void oneEventHasAtMostAMinuteToConvert() {
        AudioBridge bridge = bridge(RealtimeAudioFormat.PCM_8K);
        assertThat(bridge.toProvider(append(60 * 16_000 + 2))).isFalse();
        assertThat(errors.getFirst().message()).contains("60 seconds", "several events");
        assertThat(sent).isEmpty();
        assertThat(bridge.toProvider(append(60 * 16_000))).isTrue();
        assertThat(audioBytes(sent)).isBetween(2_870_000, 2_880_000);
    }

    @Test
    void eachAnswerIsThatOfItsOwnUpdate() {
        AudioBridge bridge = bridge(RealtimeAudioFormat.PCM_24K);
        bridge.toProvider(event("{'type':'session.update','session':{'instructions':'x'}}"));
        bridge.toProvider(settings("session.update", "mine", PCM_8K));
        bridge.first((ControlEvent) event("{'type':'session.update','session':{}}"));
        bridge.fromProvider(settings("session.updated", "e", PCM_24K));
        bridge.fromProvider(event("{'type':'error','error':{'param':'session.instructions','event_id':null}}"));
        Event delta = delta("before", 7);
        bridge.fromProvider(delta);
        assertThat(told.getLast()).isSameAs(delta);
        bridge.fromProvider(event("{'type':'error','error':{'event_id':'mine'}}"));
        Event untouched = append(7);
        bridge.toProvider(untouched);
        assertThat(sent.getLast()).isSameAs(untouched);
    }

    @Test
    void audioInItemsThatWouldTakeTooLongToConvertIsRefused() {
        AudioBridge bridge = bridge(RealtimeAudioFormat.PCM_8K);
        bridge.toProvider(item("{'type':'input_audio','audio':'" + base64(61 * 16_000) + "'}"));
        bridge.toProvider(
                item(String.join(",", java.util.Collections.nCopies(65, "{'type':'input_audio','audio':''}"))));
        assertThat(sent).isEmpty();
        assertThat(errors).extracting(ErrorDetail::param).containsExactly("item.content", "item.content");
        bridge.toProvider(item("{'type':'input_audio','audio':'" + base64(59 * 16_000) + "'}"));
        assertThat(sent).hasSize(1);
    }

    private static Event item(String parts) {
        return event("{'type':'conversation.item.create','item':{'type':'message','role':'user','content':[" + parts
                + "]}}");
    }
}

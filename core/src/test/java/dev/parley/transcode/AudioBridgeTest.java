package dev.parley.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.RealtimeAudioFormat;
import dev.parley.RealtimeSessionConfig;
import dev.parley.protocol.AudioEvent;
import dev.parley.protocol.Bytes;
import dev.parley.protocol.ErrorDetail;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventScanner;
import dev.parley.protocol.Json;
import dev.parley.provider.Capabilities;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class AudioBridgeTest {
    private static final Set<RealtimeAudioFormat> OPENAI =
            Set.of(RealtimeAudioFormat.PCM_24K, RealtimeAudioFormat.PCMU, RealtimeAudioFormat.PCMA);

    private final List<Event> sent = new ArrayList<>();
    private final List<Event> told = new ArrayList<>();
    private final List<ErrorDetail> errors = new ArrayList<>();
    private boolean room = true;

    private final Exits exits = new Exits() {
        @Override
        public boolean toProvider(Event event) {
            sent.add(event);
            return room;
        }

        @Override
        public void fromProvider(Event event) {
            told.add(event);
        }

        @Override
        public void tellClient(ErrorDetail error, @Nullable String cause) {
            errors.add(error);
        }
    };

    private AudioBridge bridge(
            RealtimeSessionConfig config, Set<RealtimeAudioFormat> in, Set<RealtimeAudioFormat> out) {
        Capabilities provider = new Capabilities(
                true,
                true,
                true,
                Set.of("audio"),
                in,
                out,
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
        return new AudioBridge(config, provider, 15 << 20, new Random(1), exits);
    }

    private AudioBridge openai(RealtimeAudioFormat client) {
        return bridge(
                RealtimeSessionConfig.builder()
                        .inputFormat(client)
                        .outputFormat(client)
                        .build(),
                OPENAI,
                OPENAI);
    }

    private AudioBridge undeclared() {
        return bridge(RealtimeSessionConfig.EMPTY, OPENAI, OPENAI);
    }

    private static Event event(String json) {
        return new EventScanner().scan(Bytes.utf8(json.replace('\'', '"')));
    }

    private static ObjectNode json(Event event) {
        return Json.parse(event.wire());
    }

    private static Event append(int bytes) {
        return event("{'type':'input_audio_buffer.append','audio':'" + base64(bytes) + "'}");
    }

    private static Event delta(String item, int bytes) {
        return event("{'type':'response.output_audio.delta','event_id':'e','item_id':'" + item
                + "','content_index':0,'delta':'" + base64(bytes) + "'}");
    }

    private static Event done(String item) {
        return event("{'type':'response.output_audio.done','event_id':'d','response_id':'r','item_id':'" + item
                + "','output_index':0,'content_index':0}");
    }

    private static String base64(int bytes) {
        return Base64.getEncoder().encodeToString(new byte[bytes]);
    }

    private static Event update(RealtimeAudioFormat format, String more) {
        String json = "{'format':" + format.json() + "}";
        return event("{'type':'session.update'" + more + ",'session':{'type':'realtime','audio':{'input':" + json
                + ",'output':" + json + "}}}");
    }

    private static Event updated(RealtimeAudioFormat format) {
        String json = "{'format':" + format.json() + "}";
        return event("{'type':'session.updated','session':{'type':'realtime','audio':{'input':" + json + ",'output':"
                + json + "}}}");
    }

    private static Event error(String cause) {
        return event("{'type':'error','error':{'code':'invalid_value','event_id':" + cause + "}}");
    }

    private static int audioBytes(List<Event> events) {
        return events.stream()
                .filter(AudioEvent.class::isInstance)
                .mapToInt(each -> ((AudioEvent) each).audioBytes())
                .sum();
    }

    private static Optional<RealtimeAudioFormat> format(Event event, String direction) {
        return RealtimeAudioFormat.of(json(event).at("/session/audio/" + direction + "/format"));
    }

    // ---- Passing ---------------------------------------------------------------------------------------------------

    @Test
    void passesTheVeryEventsWhereFormatsAreTheSame() {
        AudioBridge bridge = undeclared();
        List<Event> up = List.of(
                append(3),
                update(RealtimeAudioFormat.PCMU, ""),
                append(1),
                event("{'type':'input_audio_buffer.commit'}"));
        List<Event> down = List.of(
                updated(RealtimeAudioFormat.PCMU),
                delta("a", 5),
                done("a"),
                event("{'type':'response.done','response':{'audio':{'output':{'format':{'type':'audio/pcmu'}}}}}"));
        up.forEach(bridge::toProvider);
        down.forEach(bridge::fromProvider);
        for (int i = 0; i < up.size(); i++) {
            assertThat(sent.get(i)).isSameAs(up.get(i));
            assertThat(told.get(i)).isSameAs(down.get(i));
        }
    }

    @Test
    void takesTheProvidersFormatThatLosesLeast() {
        Set<RealtimeAudioFormat> all = RealtimeAudioFormat.PLAIN;
        assertThat(Route.of(RealtimeAudioFormat.PCM_16K, all).converts()).isFalse();
        assertThat(Route.of(RealtimeAudioFormat.PCMU, Set.of(RealtimeAudioFormat.PCM_16K, RealtimeAudioFormat.PCM_24K))
                        .provider())
                .isEqualTo(RealtimeAudioFormat.PCM_16K);
        assertThat(Route.of(
                                RealtimeAudioFormat.PCM_24K,
                                Set.of(RealtimeAudioFormat.PCM_16K, RealtimeAudioFormat.PCM_8K))
                        .provider())
                .isEqualTo(RealtimeAudioFormat.PCM_16K);
        assertThat(Route.of(RealtimeAudioFormat.PCM_24K, Set.of(RealtimeAudioFormat.PCMU, RealtimeAudioFormat.PCMA))
                        .provider())
                .isEqualTo(RealtimeAudioFormat.PCMU);
    }

    // ---- Settings --------------------------------------------------------------------------------------------------

    @Test
    void startsWithWhatTheProviderTakesAndShowsWhatTheClientHas() {
        AudioBridge bridge = openai(RealtimeAudioFormat.PCM_8K);
        assertThat(bridge.provided().inputFormat()).contains(RealtimeAudioFormat.PCM_24K);
        assertThat(bridge.provided().outputFormat()).contains(RealtimeAudioFormat.PCM_24K);
        assertThat(undeclared().provided().inputFormat()).isEmpty();
        bridge.fromProvider(updated(RealtimeAudioFormat.PCM_24K));
        assertThat(format(told.getFirst(), "input")).contains(RealtimeAudioFormat.PCM_8K);
        assertThat(format(told.getFirst(), "output")).contains(RealtimeAudioFormat.PCM_8K);
    }

    @Test
    void whatTheProviderSaysOfItselfHolds() {
        AudioBridge bridge = openai(RealtimeAudioFormat.PCM_8K);
        bridge.fromProvider(updated(RealtimeAudioFormat.PCMA));
        bridge.toProvider(append(160));
        bridge.toProvider(append(160));
        assertThat(audioBytes(sent)).isEqualTo(160);
        bridge.fromProvider(delta("a", 80));
        assertThat(audioBytes(told)).isEqualTo(160);
    }

    @Test
    void anUpdateHoldsForInputAtOnceAndForOutputWhenItIsTold() {
        AudioBridge bridge = undeclared();
        bridge.toProvider(update(RealtimeAudioFormat.PCM_8K, ""));
        assertThat(format(sent.getFirst(), "input")).contains(RealtimeAudioFormat.PCM_24K);
        bridge.toProvider(append(1600));
        assertThat(audioBytes(sent)).isBetween(4400, 4800);
        bridge.fromProvider(delta("before", 4800));
        assertThat(audioBytes(told)).isEqualTo(4800);
        bridge.fromProvider(updated(RealtimeAudioFormat.PCM_24K));
        assertThat(format(told.getLast(), "output")).contains(RealtimeAudioFormat.PCM_8K);
        told.clear();
        bridge.fromProvider(delta("after", 4800));
        assertThat(audioBytes(told)).isBetween(1400, 1600);
    }

    @Test
    void aRefusedUpdateIsTakenBack() {
        AudioBridge bridge = undeclared();
        bridge.toProvider(update(RealtimeAudioFormat.PCM_8K, ",'event_id':'mine'"));
        bridge.fromProvider(error("'mine'"));
        assertThat(json(told.getFirst()).at("/error/event_id").asString()).isEqualTo("mine");
        Event untouched = append(7);
        bridge.toProvider(untouched);
        assertThat(sent.getLast()).isSameAs(untouched);
        bridge.fromProvider(updated(RealtimeAudioFormat.PCM_24K));
        Event delta = delta("a", 7);
        bridge.fromProvider(delta);
        assertThat(told.getLast()).isSameAs(delta);
    }

    @Test
    void anIdThatWasGivenHereIsTakenOutAgain() {
        AudioBridge bridge = undeclared();
        bridge.toProvider(update(RealtimeAudioFormat.PCM_8K, ""));
        String given = json(sent.getFirst()).path("event_id").asString("");
        assertThat(given).isNotEmpty();
        bridge.fromProvider(error("'another'"));
        bridge.fromProvider(error("'" + given + "'"));
        assertThat(json(told.get(0)).at("/error/event_id").asString()).isEqualTo("another");
        assertThat(json(told.get(1)).at("/error/event_id").isNull()).isTrue();
        Event untouched = append(7);
        bridge.toProvider(untouched);
        assertThat(sent.getLast()).isSameAs(untouched);
    }

    @Test
    void anUpdateWithoutRoomChangesNothing() {
        AudioBridge bridge = undeclared();
        room = false;
        assertThat(bridge.toProvider(update(RealtimeAudioFormat.PCM_8K, ""))).isFalse();
        room = true;
        Event untouched = append(7);
        bridge.toProvider(untouched);
        assertThat(sent.getLast()).isSameAs(untouched);
    }

    // ---- Audio -----------------------------------------------------------------------------------------------------

    @Test
    void aCommitFlushesAndAClearForgets() {
        AudioBridge bridge = openai(RealtimeAudioFormat.PCM_8K);
        bridge.toProvider(append(1600));
        bridge.toProvider(event("{'type':'input_audio_buffer.clear'}"));
        sent.clear();
        bridge.toProvider(append(1));
        bridge.toProvider(append(1599));
        bridge.toProvider(event("{'type':'input_audio_buffer.commit'}"));
        assertThat(audioBytes(sent)).isEqualTo(4800);
        assertThat(sent.getLast().type().name()).isEqualTo("input_audio_buffer.commit");
        assertThat(sent.get(sent.size() - 2)).isInstanceOf(AudioEvent.class);
    }

    @Test
    void refusesWhatIsNoBase64AndWhatWouldBeTooMuch() {
        AudioBridge bridge = openai(RealtimeAudioFormat.PCM_8K);
        assertThat(bridge.toProvider(event("{'type':'input_audio_buffer.append','audio':'A'}")))
                .isFalse();
        assertThat(bridge.toProvider(append(6 << 20))).isFalse();
        assertThat(errors).allSatisfy(error -> assertThat(error.param()).isEqualTo("audio"));
        assertThat(sent).isEmpty();
        bridge.fromProvider(event("{'type':'response.output_audio.delta','item_id':'a','delta':'A'}"));
        assertThat(errors).hasSize(3);
        assertThat(told).isEmpty();
    }

    @Test
    void eachPartIsAStreamOfItsOwnAndEndsWhole() {
        AudioBridge bridge = openai(RealtimeAudioFormat.PCM_8K);
        for (int i = 0; i < 10; i++) {
            bridge.fromProvider(delta("a", 477));
            bridge.fromProvider(delta("b", 960));
        }
        bridge.fromProvider(done("a"));
        bridge.fromProvider(done("b"));
        for (String item : List.of("a", "b")) {
            List<Event> of = told.stream()
                    .filter(each -> json(each).path("item_id").asString("").equals(item))
                    .toList();
            assertThat(audioBytes(of)).isEqualTo(item.equals("a") ? 1590 : 3200);
            assertThat(of.getLast().type().name()).isEqualTo("response.output_audio.done");
            ObjectNode last = json(of.get(of.size() - 2));
            assertThat(last.path("type").asString()).isEqualTo("response.output_audio.delta");
            assertThat(last.path("response_id").asString()).isEqualTo("r");
            assertThat(last.path("event_id").asString()).startsWith("event_");
        }
    }

    @Test
    void packetsAreEventsOfTheirOwn() {
        AudioBridge bridge = openai(RealtimeAudioFormat.OPUS);
        bridge.fromProvider(delta("a", 2 * 960 + 100));
        bridge.fromProvider(done("a"));
        List<Event> packets = told.subList(0, 3);
        assertThat(packets).allSatisfy(each -> {
            assertThat(((AudioEvent) each).audioBytes()).isEqualTo(PlainPackets.LENGTH);
            assertThat(((AudioEvent) each).audio()).hasSize(PlainPackets.LENGTH);
        });
        assertThat(packets.stream().map(Event::eventId).distinct()).hasSize(3);
        assertThat(json(packets.get(1)).path("item_id").asString()).isEqualTo("a");
        byte[] packet = ((AudioEvent) packets.getFirst()).audio();
        bridge.toProvider(event("{'type':'input_audio_buffer.append','audio':'"
                + Base64.getEncoder().encodeToString(packet) + "'}"));
        assertThat(audioBytes(sent)).isEqualTo(960);
        bridge.toProvider(append(3));
        assertThat(errors.getFirst().code()).isEqualTo("invalid_value");
    }

    @Test
    void aTruncationNamesNoMoreThanTheProviderHas() {
        AudioBridge bridge = openai(RealtimeAudioFormat.OPUS);
        bridge.fromProvider(delta("a", 48 * 45));
        bridge.fromProvider(done("a"));
        String truncate = "{'type':'conversation.item.truncate','item_id':'a','content_index':0,'audio_end_ms':";
        bridge.toProvider(event(truncate + "60}"));
        assertThat(json(sent.getLast()).path("audio_end_ms").asInt()).isEqualTo(45);
        bridge.toProvider(event(truncate + "30}"));
        assertThat(json(sent.getLast()).path("audio_end_ms").asInt()).isEqualTo(30);
        bridge.toProvider(event(truncate + "9000}"));
        assertThat(json(sent.getLast()).path("audio_end_ms").asInt()).isEqualTo(9000);
    }

    // ---- Responses and items ---------------------------------------------------------------------------------------

    @Test
    void aResponseMayHaveAFormatOfItsOwn() {
        AudioBridge bridge = undeclared();
        bridge.toProvider(
                event(
                        "{'type':'response.create','response':{'audio':{'output':{'format':{'type':'audio/pcm','rate':8000}}}}}"));
        assertThat(json(sent.getFirst())
                        .at("/response/audio/output/format/rate")
                        .asInt())
                .isEqualTo(24_000);
        bridge.fromProvider(event("{'type':'response.created','response':{'id':'r1','audio':{'output':{'format':"
                + "{'type':'audio/pcm','rate':24000}}}}}"));
        assertThat(json(told.getFirst())
                        .at("/response/audio/output/format/rate")
                        .asInt())
                .isEqualTo(8000);
        bridge.fromProvider(event("{'type':'response.output_item.added','response_id':'r1','item':{'id':'a'}}"));
        told.clear();
        bridge.fromProvider(delta("a", 4800));
        bridge.fromProvider(done("a"));
        assertThat(audioBytes(told)).isEqualTo(1600);
        bridge.fromProvider(event("{'type':'response.done','response':{'id':'r1','output':[{'id':'a'}]}}"));
        Event next = delta("b", 4800);
        bridge.fromProvider(next);
        assertThat(told.getLast()).isSameAs(next);
    }

    @Test
    void audioInItemsIsConvertedWhole() {
        AudioBridge bridge = openai(RealtimeAudioFormat.PCM_8K);
        bridge.toProvider(event("{'type':'conversation.item.create','item':{'type':'message','role':'user','content':["
                + "{'type':'input_audio','audio':'" + base64(1600) + "'}]}}"));
        String audio = json(sent.getFirst()).at("/item/content/0/audio").asString();
        assertThat(Base64.getDecoder().decode(audio)).hasSize(4800);
        bridge.fromProvider(event("{'type':'conversation.item.retrieved','item':{'role':'user','content':["
                + "{'type':'input_audio','audio':'" + audio + "'}]}}"));
        assertThat(Base64.getDecoder()
                        .decode(json(told.getFirst())
                                .at("/item/content/0/audio")
                                .asString()))
                .hasSize(1600);
        bridge.toProvider(event("{'type':'response.create','event_id':'x','response':{'input':[{'content':["
                + "{'type':'input_audio','audio':'?'}]}]}}"));
        assertThat(errors.getFirst().param()).isEqualTo("response.input[0].content[0].audio");
        assertThat(sent).hasSize(1);
    }
}

package dev.parley.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What every provider tells a client, in the same order; where one differs, it is in {@link #DIFFERENCES}. */
class ProviderContractTest {
    private static final List<String> USER = List.of("conversation.item.added", "conversation.item.done");
    private static final List<String> ANSWER = List.of(
            "response.created",
            "response.output_item.added",
            "conversation.item.added",
            "response.content_part.added",
            "pieces",
            "response.output_audio.done",
            "response.output_audio_transcript.done",
            "response.content_part.done",
            "conversation.item.done",
            "response.output_item.done",
            "response.done");
    private static final List<String> CALL = List.of(
            "response.output_item.added",
            "conversation.item.added",
            "response.function_call_arguments.delta",
            "response.function_call_arguments.done",
            "conversation.item.done",
            "response.output_item.done");

    /** A way in which providers differ. */
    private enum Difference {
        /** Items cannot be deleted. */
        NO_DELETE,
        /** What a response costs is not told where it was cut off. */
        NO_USAGE_OF_WHAT_IS_CUT_OFF
    }

    private static final Map<Provider, Set<Difference>> DIFFERENCES = Map.of(
            Provider.OPENAI,
            Set.of(),
            Provider.GEMINI,
            Set.of(Difference.NO_DELETE, Difference.NO_USAGE_OF_WHAT_IS_CUT_OFF),
            Provider.LOCAL,
            Set.of());

    private static boolean differs(Provider provider, Difference how) {
        return DIFFERENCES.getOrDefault(provider, Set.of()).contains(how);
    }

    private static List<String> all(List<?>... parts) {
        return java.util.stream.Stream.of(parts)
                .flatMap(List::stream)
                .map(Object::toString)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Provider.class)
    void aTurnInText(Provider provider) {
        try (Room room = provider.open()) {
            room.mark().text("Hello").respond();
            JsonNode response = room.done();
            room.settle();
            assertThat(room.told()).isEqualTo(all(USER, ANSWER));
            assertThat(response.path("status").asString()).isEqualTo("completed");
            assertThat(response.at("/output/0/content/0/transcript").asString()).isEqualTo("Nothing much happened.");
            assertThat(response.path("usage").path("total_tokens").asInt()).isPositive();
            long audio = room.all("response.output_audio.delta").stream()
                    .mapToLong(event -> event.path("delta").asString().length())
                    .sum();
            assertThat(audio).isEqualTo(3 * 12_800);
        }
    }

    @ParameterizedTest
    @EnumSource(Provider.class)
    void aSpokenTurn(Provider provider) {
        try (Room room = provider.open()) {
            room.send("{'type':'session.update','session':{'type':'realtime','audio':{'input':{'transcription':"
                            + "{'model':'whisper-1'}}}}}")
                    .until("session.updated");
            room.mark().speak();
            JsonNode response = room.done();
            if (room.all("conversation.item.input_audio_transcription.completed")
                    .isEmpty()) {
                room.until("conversation.item.input_audio_transcription.completed");
            }
            room.settle();
            List<String> spoken = List.of(
                    "input_audio_buffer.speech_started",
                    "input_audio_buffer.speech_stopped",
                    "input_audio_buffer.committed");
            assertThat(room.told()).isEqualTo(all(spoken, USER, ANSWER));
            assertThat(response.path("status").asString()).isEqualTo("completed");
            assertThat(room.all("conversation.item.input_audio_transcription.completed"))
                    .singleElement()
                    .satisfies(event ->
                            assertThat(event.path("transcript").asString()).isEqualTo("what is new"));
        }
    }

    @ParameterizedTest
    @EnumSource(Provider.class)
    void aTurnThatTheClientEnds(Provider provider) {
        try (Room room = provider.open()) {
            room.send(
                            "{'type':'session.update','session':{'type':'realtime','audio':{'input':{'turn_detection':null}}}}")
                    .until("session.updated");
            room.mark().speakOn().send("{'type':'input_audio_buffer.commit'}");
            room.until("conversation.item.done");
            room.respond().done();
            room.settle();
            assertThat(room.told()).isEqualTo(all(List.of("input_audio_buffer.committed"), USER, ANSWER));
            room.mark().speakOn().send("{'type':'input_audio_buffer.clear'}").until("input_audio_buffer.cleared");
            room.send("{'type':'input_audio_buffer.commit'}");
            assertThat(code(room.until("error"))).isEqualTo("input_audio_buffer_commit_empty");
        }
    }

    @ParameterizedTest
    @EnumSource(Provider.class)
    void twoCallsAndTheirResults(Provider provider) {
        try (Room room = provider.open()) {
            ObjectNode update = dev.parley.protocol.Json.object().put("type", "session.update");
            ObjectNode session = update.putObject("session").put("type", "realtime");
            session.putArray("tools").add(room.tool("dim_light")).add(room.tool("warm_light"));
            room.send(update.toString()).until("session.updated");
            room.mark().text("Set the light").respond();
            JsonNode calling = room.done();
            assertThat(room.told())
                    .isEqualTo(all(USER, List.of("response.created"), CALL, CALL, List.of("response.done")));
            assertThat(calling.path("output")).hasSize(2);
            room.mark();
            for (JsonNode call : calling.path("output")) {
                assertThat(call.path("arguments").asString().replace(" ", "")).isEqualTo("{\"room\":\"kitchen\"}");
                room.send("{'type':'conversation.item.create','item':{'type':'function_call_output','call_id':'"
                        + call.path("call_id").asString() + "','output':'"
                        + call.path("name").asString() + "'}}");
            }
            JsonNode said = room.respond().done();
            room.settle();
            assertThat(room.told()).isEqualTo(all(USER, USER, ANSWER));
            assertThat(said.at("/output/0/content/0/transcript").asString()).isEqualTo("dim_light warm_light");
        }
    }

    @ParameterizedTest
    @EnumSource(Provider.class)
    void speakingOverAnAnswer(Provider provider) {
        try (Room room = provider.open()) {
            room.text("Talk forever").respond().until("response.output_audio.delta");
            room.mark().speak();
            JsonNode cut = room.done();
            assertThat(cut.path("status").asString()).isEqualTo("cancelled");
            assertThat(cut.at("/status_details/reason").asString()).isEqualTo("turn_detected");
            assertThat(room.told()).contains("input_audio_buffer.speech_started");
            assertThat(cut.at("/output/0/status").asString()).isEqualTo("incomplete");
            assertThat(cut.path("usage").isNull()).isEqualTo(differs(provider, Difference.NO_USAGE_OF_WHAT_IS_CUT_OFF));
            room.mark();
            assertThat(room.done().path("status").asString()).isEqualTo("completed");
            room.settle();
            assertThat(room.told()).endsWith(ANSWER.toArray(String[]::new));
            assertThat(room.all("response.done")).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Provider.class)
    void cancellingAnAnswerAndWhereThereIsNone(Provider provider) {
        try (Room room = provider.open()) {
            room.send("{'type':'response.cancel','event_id':'mine'}");
            assertThat(error(room, "mine")).isEqualTo("response_cancel_not_active");
            room.text("Talk forever").respond().until("response.output_audio.delta");
            room.mark().send("{'type':'response.create','event_id':'mine'}");
            assertThat(error(room, "mine")).isEqualTo("conversation_already_has_active_response");
            room.send("{'type':'response.cancel'}");
            JsonNode cut = room.done();
            assertThat(cut.path("status").asString()).isEqualTo("cancelled");
            assertThat(cut.at("/status_details/reason").asString()).isEqualTo("client_cancelled");
            room.settle().mark().text("Hello").respond();
            assertThat(room.done().path("status").asString()).isEqualTo("completed");
            room.settle();
            assertThat(room.told()).isEqualTo(all(USER, ANSWER));
        }
    }

    @ParameterizedTest
    @EnumSource(Provider.class)
    void truncatingAndRetrievingWhatWasSaid(Provider provider) {
        try (Room room = provider.open()) {
            String item = room.text("Hello").respond().done().at("/output/0/id").asString();
            room.settle()
                    .send("{'type':'conversation.item.truncate','content_index':0,'audio_end_ms':200,'item_id':'" + item
                            + "'}");
            JsonNode truncated = room.until("conversation.item.truncated");
            assertThat(truncated.path("item_id").asString()).isEqualTo(item);
            assertThat(truncated.path("audio_end_ms").asInt()).isEqualTo(200);
            room.send("{'type':'conversation.item.retrieve','item_id':'" + item + "'}");
            assertThat(room.until("conversation.item.retrieved").at("/item/id").asString())
                    .isEqualTo(item);
            room.send("{'type':'conversation.item.delete','event_id':'mine','item_id':'" + item + "'}");
            if (differs(provider, Difference.NO_DELETE)) {
                assertThat(error(room, "mine")).isEqualTo("unsupported_by_provider");
            } else {
                room.until("conversation.item.deleted");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Provider.class)
    void changingTheSessionBeforeAndInTheMiddle(Provider provider) {
        try (Room room = provider.open()) {
            room.send("{'type':'session.update','session':{'type':'realtime','instructions':'Be brief.'}}");
            assertThat(room.until("session.updated").at("/session/instructions").asString())
                    .isEqualTo("Be brief.");
            room.text("Hello").respond().done();
            room.settle().mark();
            room.send("{'type':'session.update','session':{'type':'realtime','instructions':'Be long.'}}");
            assertThat(room.until("session.updated").at("/session/instructions").asString())
                    .isEqualTo("Be long.");
            room.mark().text("Hello").respond().done();
            room.settle();
            assertThat(room.told()).isEqualTo(all(USER, ANSWER));
        }
    }

    @ParameterizedTest
    @EnumSource(Provider.class)
    void whatIsWrongIsAnsweredWithAnErrorAndTheSessionGoesOn(Provider provider) {
        try (Room room = provider.open()) {
            room.send("{'type':'nonsense','event_id':'one'}");
            assertThat(error(room, "one")).isNotEmpty();
            room.send("{'type':'session.update','event_id':'two','session':{'type':'realtime','temperature':1}}");
            assertThat(error(room, "two")).isEqualTo("unknown_parameter");
            room.send("{'type':'input_audio_buffer.commit','event_id':'three'}");
            assertThat(error(room, "three")).isEqualTo("input_audio_buffer_commit_empty");
            room.send("{'type':'conversation.item.truncate','event_id':'four','item_id':'none','content_index':0,"
                    + "'audio_end_ms':1}");
            assertThat(error(room, "four")).isEqualTo("item_truncate_invalid_item_id");
            room.mark().text("Hello").respond().done();
            room.settle();
            assertThat(room.told()).isEqualTo(all(USER, ANSWER));
        }
    }

    @ParameterizedTest
    @EnumSource(Provider.class)
    void aHistoryComesFirst(Provider provider) {
        try (Room room = provider.open()) {
            room.mark().text("My name is Ada.");
            room.send("{'type':'conversation.item.create','item':{'type':'message','role':'assistant','content':"
                    + "[{'type':'output_text','text':'Nice to meet you.'}]}}");
            room.text("Who am I?").respond().done();
            room.settle();
            assertThat(room.told()).isEqualTo(all(USER, USER, USER, ANSWER));
        }
    }

    private static String error(Room room, String eventId) {
        ObjectNode error = room.until("error");
        assertThat(error.path("error").path("event_id").asString("")).isEqualTo(eventId);
        return code(error);
    }

    private static String code(JsonNode error) {
        return error.path("error").path("code").asString("");
    }
}

package dev.parley.testkit.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Tool;
import dev.parley.VoiceAgent;
import dev.parley.protocol.Json;
import dev.parley.tool.RealtimeTool;
import dev.parley.tool.RemoteTools;
import dev.parley.tool.ToolCall;
import dev.parley.tool.ToolException;
import dev.parley.tool.ToolMethods;
import dev.parley.tool.ToolSpec;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Rounds of tools in whole sessions. */
class ToolSessionTest {
    /** Tools that do what their names say; the marker is what no client may see. */
    static final class Desk {
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch go = new CountDownLatch(1);
        final CompletableFuture<ToolCall> interrupted = new CompletableFuture<>();

        @Tool("Finds a room.")
        String markerFind(String city) {
            return "A room in " + city;
        }

        @Tool("Waits.")
        String markerWait(ToolCall call) throws InterruptedException {
            begun.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                interrupted.complete(call);
                throw e;
            }
            return "Waited";
        }

        @Tool(value = "Takes long.", meanwhile = "One moment.")
        String markerLong(ToolCall call) throws InterruptedException {
            return markerWait(call);
        }

        @Tool("Says something first.")
        String markerFirst(ToolCall call) throws InterruptedException {
            call.meanwhile("I am looking.");
            call.meanwhile("Again.");
            return markerWait(call);
        }

        @Tool(value = "Is dangerous.", approval = true)
        String markerDanger(int force) {
            return "Boom " + force;
        }
    }

    private final Desk desk = new Desk();

    private VoiceAgent.Builder agent() {
        return VoiceAgent.builder()
                .instructions("The marker of the prompt.")
                .approval(call -> true)
                .tools(ToolMethods.of(desk));
    }

    private AgentRoom room() {
        return new AgentRoom(agent().build());
    }

    private static void seesNothing(AgentRoom room) {
        assertThat(room.clientStream()).doesNotContain("marker", "call_", "item_call");
    }

    @Test
    void aCallIsAnsweredAndTheNextResponseAskedForOnce() {
        AgentRoom room = room();
        room.calls("r1", "marker_find call_1 {'city':'Rome'}");
        assertThat(room.output("call_1")).isEqualTo("A room in Rome");
        assertThat(room.asked()).isOne();
        room.fromModel(
                "{'type':'conversation.item.added','previous_item_id':'item_call_1','item':{'id':'item_out','type':"
                        + "'function_call_output','call_id':'call_1','output':'A room in Rome'}}",
                "{'type':'conversation.item.done','previous_item_id':'item_call_1','item':{'id':'item_out','type':"
                        + "'function_call_output','call_id':'call_1','output':'A room in Rome'}}",
                "{'type':'response.created','response':{'id':'r2','conversation_id':'c'}}",
                "{'type':'conversation.item.added','previous_item_id':'item_out','item':{'id':'item_answer','type':"
                        + "'message','role':'assistant','content':[]}}",
                "{'type':'response.done','response':{'id':'r2','conversation_id':'c','output':[]}}",
                "{'type':'input_audio_buffer.committed','previous_item_id':'item_out','item_id':'item_user_2'}");
        assertThat(room.asked()).isOne();
        seesNothing(room);
        assertThat(room.toClient("response.done")).hasSize(2);
        assertThat(room.toClient("response.done").getFirst().at("/response/output"))
                .isEmpty();
        assertThat(room.toClient("conversation.item.added"))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.path("previous_item_id").asString()).isEqualTo("item_user"));
        assertThat(room.toClient("input_audio_buffer.committed").getFirst().path("previous_item_id"))
                .hasToString("\"item_user\"");
    }

    @Test
    void severalCallsOfOneResponseAreOneRound() {
        AgentRoom room = room();
        room.calls("r1", "marker_find call_1 {'city':'Rome'}", "marker_wait call_2", "marker_find call_3 {}");
        assertThat(room.output("call_1")).isEqualTo("A room in Rome");
        assertThat(room.output("call_3")).contains("'city' is missing");
        assertThat(room.asked()).isZero();
        desk.go.countDown();
        assertThat(room.output("call_2")).isEqualTo("Waited");
        assertThat(room.asked()).isOne();
        seesNothing(room);
    }

    @Test
    void audioPassesWhileAToolIsAtWork() throws Exception {
        AgentRoom room = room();
        room.calls("r1", "marker_wait call_1");
        assertThat(desk.begun.await(10, TimeUnit.SECONDS)).isTrue();
        for (int i = 1; i <= 50; i++) {
            room.fromClient("{'type':'input_audio_buffer.append','audio':'AAAA'}");
            room.fromModel("{'type':'response.output_audio.delta','item_id':'x','delta':'AAAA'}");
            assertThat(room.toModel("input_audio_buffer.append")).hasSize(i);
            assertThat(room.toClient("response.output_audio.delta")).hasSize(i);
        }
        desk.go.countDown();
        assertThat(room.output("call_1")).isEqualTo("Waited");
    }

    @Test
    void aCallThatTakesTooLongIsInterruptedAndTheModelTold() throws Exception {
        AgentRoom room = room();
        room.calls("r1", "marker_wait call_1");
        assertThat(desk.begun.await(10, TimeUnit.SECONDS)).isTrue();
        room.lane.advance(Duration.ofSeconds(29));
        assertThat(room.outputs("call_1")).isEmpty();
        room.lane.advance(Duration.ofSeconds(1));
        assertThat(room.outputs("call_1")).containsExactly("The tool did not finish within 30 s and was stopped.");
        assertThat(room.model.unflushed()).isFalse();
        assertThat(desk.interrupted.get(10, TimeUnit.SECONDS).cancelled()).isTrue();
        assertThat(room.asked()).isOne();
        room.calls("r2", "marker_find call_2 {'city':'Bern'}");
        assertThat(room.output("call_2")).isEqualTo("A room in Bern");
        assertThat(room.outputs("call_1")).hasSize(1);
    }

    @Test
    void aClientThatHangsUpEndsTheCallAndNothingIsTold() throws Exception {
        AgentRoom room = room();
        room.calls("r1", "marker_wait call_1");
        assertThat(desk.begun.await(10, TimeUnit.SECONDS)).isTrue();
        room.clientHangsUp();
        assertThat(desk.interrupted.get(10, TimeUnit.SECONDS).cancelled()).isTrue();
        room.lane.advance(Duration.ofMinutes(1));
        assertThat(room.outputs("call_1")).isEmpty();
        assertThat(room.lane.waiting()).isZero();
    }

    @Test
    void aToolThatTakesLongIsAnsweredInTwoSteps() throws Exception {
        AgentRoom room = room();
        room.calls("r1", "marker_long call_1");
        assertThat(desk.begun.await(10, TimeUnit.SECONDS)).isTrue();
        room.lane.advance(Duration.ofMillis(1_499));
        assertThat(room.outputs("call_1")).isEmpty();
        room.lane.advance(Duration.ofMillis(1));
        assertThat(room.outputs("call_1")).singleElement().asString().startsWith("In progress.");
        assertThat(room.toModel("response.create"))
                .singleElement()
                .satisfies(event -> assertThat(event.toString()).contains("One moment."));
        room.fromModel(
                "{'type':'response.created','response':{'id':'r2','conversation_id':'c'}}",
                "{'type':'response.done','response':{'id':'r2','conversation_id':'c','output':[]}}");
        desk.go.countDown();
        room.lane.until(() -> room.asked() == 2);
        ObjectNode note = room.toModel("conversation.item.create").getLast();
        assertThat(note.at("/item/role").asString()).isEqualTo("system");
        assertThat(note.at("/item/content/0/text").asString()).contains("marker_long", "call_1", "Waited");
        room.fromModel("{'type':'conversation.item.added','previous_item_id':null,'item':" + note.get("item") + "}");
        ObjectNode renamed = note.path("item").deepCopy().asObject().put("id", "item_of_the_providers");
        room.fromModel("{'type':'conversation.item.added','previous_item_id':null,'item':" + renamed + "}");
        assertThat(room.toClient("conversation.item.added"))
                .as("the second is another message with the same text")
                .hasSize(1);
    }

    @Test
    void aMessageOfTheGatewaysIsHiddenUnderWhateverIdTheProviderGivesIt() throws Exception {
        AgentRoom room = room();
        room.calls("r1", "marker_first call_1");
        desk.go.countDown();
        room.lane.until(() -> room.toModel("conversation.item.create").size() == 2);
        ObjectNode item = room.toModel("conversation.item.create")
                .getLast()
                .path("item")
                .deepCopy()
                .asObject()
                .put("id", "item_of_the_providers");
        room.fromModel("{'type':'conversation.item.added','previous_item_id':null,'item':" + item + "}");
        room.fromModel("{'type':'conversation.item.done','previous_item_id':null,'item':" + item + "}");
        room.fromModel("{'type':'conversation.item.done','previous_item_id':'item_of_the_providers','item':"
                + "{'id':'item_next','type':'message','role':'user'}}");
        seesNothing(room);
        assertThat(room.clientStream()).contains("item_next").doesNotContain("item_of_the_providers");
        assertThat(room.outputs("call_1")).singleElement().asString().startsWith("In progress.");
        assertThat(room.toModel("response.create").getFirst().toString()).contains("I am looking.");
    }

    @Test
    void whatThrowsIsToldInWordsForTheModel() {
        AgentRoom room = new AgentRoom(agent().tool(
                        RealtimeTool.of(ToolSpec.of("marker_throw", "Throws.", Json.object()), call -> {
                            throw new IllegalStateException("a marker");
                        }))
                .tool(RealtimeTool.of(ToolSpec.of("marker_tell", "Tells.", Json.object()), call -> {
                    throw new ToolException("Full.");
                }))
                .tool(RealtimeTool.of(
                        ToolSpec.of("marker_big", "Returns 10 MB.", Json.object()), call -> "x".repeat(10 << 20)))
                .build());
        room.calls("r1", "marker_throw call_1", "marker_tell call_2", "marker_big call_3", "marker_gone call_4");
        assertThat(room.output("call_1")).isEqualTo("The tool failed.");
        assertThat(room.output("call_2")).isEqualTo("Full.");
        assertThat(room.output("call_3")).contains("longer than").hasSizeLessThan(300);
        assertThat(room.output("call_4")).isEqualTo("There is no tool 'marker_gone'.");
        assertThat(room.asked()).isOne();
        seesNothing(room);
    }

    @Test
    void aDangerousToolWaitsForApproval() {
        CompletableFuture<Boolean> decision = new CompletableFuture<>();
        AgentRoom room = new AgentRoom(
                agent().approval(call -> call.arguments().path("force").asInt() < 9 && decision.get())
                        .build());
        room.calls("r1", "marker_danger call_1 {'force':5}", "marker_danger call_2 {'force':9}");
        assertThat(room.output("call_2")).isEqualTo("The tool was not called: the call was not approved.");
        assertThat(room.outputs("call_1")).isEmpty();
        decision.complete(true);
        assertThat(room.output("call_1")).isEqualTo("Boom 5");
    }

    @Test
    void anApprovalThatFailsIsARefusal() {
        AgentRoom room = new AgentRoom(agent().approval(call -> {
                    throw new IllegalStateException("nobody is there");
                })
                .build());
        room.calls("r1", "marker_danger call_1 {'force':5}");
        assertThat(room.output("call_1")).isEqualTo("The tool was not called: the call could not be approved.");
    }

    @Test
    void moreCallsThanMayBeAtOnceAreTurnedAway() {
        AgentRoom room = room();
        String[] calls = new String[17];
        for (int i = 0; i < calls.length; i++) {
            calls[i] = "marker_wait call_" + i;
        }
        room.calls("r1", calls);
        assertThat(room.output("call_16")).contains("too many calls at once");
        desk.go.countDown();
        for (int i = 0; i < 16; i++) {
            assertThat(room.output("call_" + i)).isEqualTo("Waited");
        }
        assertThat(room.asked()).isOne();
        room.lane.until(() -> true);
    }

    @Test
    void aCallThatWasCutOffIsNotMade() {
        AgentRoom room = room();
        room.fromModel("{'type':'response.output_item.done','response_id':'r1','item':{'id':'item_call_1','type':"
                + "'function_call','status':'incomplete','name':'marker_find','call_id':'call_1','arguments':'{'}}");
        room.fromModel("{'type':'response.done','response':{'id':'r1','status':'cancelled'}}");
        assertThat(room.toModel("conversation.item.create")).isEmpty();
        assertThat(room.asked()).isZero();
        seesNothing(room);
    }

    // ---- The client's own tools and settings -----------------------------------------------------------------------

    private static final String CLIENTS_TOOL = "{'type':'function','name':'open_door','parameters':{'type':'object'}}";

    private static AgentRoom withClientsTool(AgentRoom room) {
        room.fromClient("{'type':'session.update','session':{'type':'realtime','tools':[" + CLIENTS_TOOL + "]}}");
        return room;
    }

    @Test
    void theClientsToolsStandBesideTheServers() {
        AgentRoom room = withClientsTool(room());
        assertThat(room.toModel("session.update").getLast().at("/session/tools").findValuesAsString("name"))
                .startsWith("open_door")
                .contains("marker_find", "marker_wait");
        room.fromModel("{'type':'session.updated','session':"
                + room.toModel("session.update").getLast().get("session") + "}");
        assertThat(room.toClient("session.updated").getFirst().at("/session/tools"))
                .isEqualTo(Json.mapper().readTree(("[" + CLIENTS_TOOL + "]").replace('\'', '"')));
        seesNothing(room);
        room.calls("r1", "open_door call_9 {}");
        assertThat(room.toClient("response.output_item.done")).hasSize(1);
        assertThat(room.toClient("response.done").getFirst().at("/response/output"))
                .hasSize(1);
        room.fromClient("{'type':'conversation.item.create','item':{'type':'function_call_output','call_id':'call_9',"
                + "'output':'open'}}");
        assertThat(room.outputs("call_9")).containsExactly("open");
        assertThat(room.asked()).isZero();
    }

    @Test
    void theClientAsksForTheResponseToARoundThatItHasAPartIn() {
        AgentRoom room = withClientsTool(room());
        room.calls("r1", "marker_find call_1 {'city':'Rome'}", "open_door call_9 {}");
        assertThat(room.output("call_1")).isEqualTo("A room in Rome");
        assertThat(room.asked()).isZero();
        room.calls("r2", "marker_wait call_2", "open_door call_8 {}");
        room.fromClient("{'type':'response.create'}");
        room.fromModel(
                "{'type':'response.created','response':{'id':'r3','conversation_id':'c'}}",
                "{'type':'response.done','response':{'id':'r3','conversation_id':'c','output':[]}}");
        desk.go.countDown();
        assertThat(room.output("call_2")).isEqualTo("Waited");
        assertThat(room.asked())
                .as("the client had not waited for the server's tool")
                .isEqualTo(2);
    }

    private static void refused(AgentRoom room, String event, String param) {
        int sent = room.toModel().size();
        room.fromClient(event);
        assertThat(room.toModel()).hasSize(sent);
        ObjectNode told = room.toClient("error").getLast();
        assertThat(told.at("/error/code").asString()).isEqualTo("not_allowed");
        assertThat(told.at("/error/param").asString()).isEqualTo(param);
        assertThat(told.at("/error/event_id").asString()).isEqualTo("mine");
    }

    @Test
    void theClientCannotChangeWhatIsTheServers() {
        AgentRoom room = room();
        String update = "{'type':'session.update','event_id':'mine','session':{'type':'realtime',";
        refused(room, update + "'instructions':'Be rude.'}}", "session.instructions");
        refused(room, update + "'prompt':{'id':'p'}}}", "session.prompt");
        refused(
                room,
                update + "'tools':[" + CLIENTS_TOOL + ",{'type':'function','name':'marker_find'}]}}",
                "session.tools[1].name");
        refused(room, update + "'tool_choice':{'type':'function','name':'marker_find'}}}", "session.tool_choice");
        String create = "{'type':'response.create','event_id':'mine','response':{";
        refused(room, create + "'instructions':'Be rude.'}}", "response.instructions");
        refused(room, create + "'tool_choice':{'type':'function','name':'marker_find'}}}", "response.tool_choice");
        refused(room, create + "'input':[{'type':'message','role':'system'}]}}", "response.input[0].role");
        refused(
                room,
                "{'type':'conversation.item.create','event_id':'mine','item':{'type':'message','role':'system'}}",
                "item.role");
        room.fromClient("{'type':'session.update','session':{'type':'realtime','tools':[]}}");
        assertThat(room.toModel("session.update").getLast().at("/session/tools").findValuesAsString("name"))
                .contains("marker_find");
        room.fromClient("{'type':'response.create','response':{'tools':[" + CLIENTS_TOOL + "]}}");
        assertThat(room.toModel("response.create")
                        .getLast()
                        .at("/response/tools")
                        .findValuesAsString("name"))
                .contains("open_door", "marker_find");
    }

    @Test
    void toolsWithoutMeasureAreRefused() {
        AgentRoom room = room();
        int sent = room.toModel().size();
        room.fromClient(
                "{'type':'session.update','session':{'tools':[{'type':'function','name':'open_door','description':'"
                        + "x".repeat(300_000) + "'}]}}");
        assertThat(room.toModel()).hasSize(sent);
        assertThat(room.toClient("error").getLast().at("/error/param").asString())
                .isEqualTo("session.tools");
    }

    @Test
    void theClientCannotReachWhatItDoesNotSee() {
        AgentRoom room = room();
        room.calls("r1", "marker_wait call_1");
        int sent = room.toModel().size();
        for (String event : List.of(
                "{'type':'conversation.item.retrieve','item_id':'item_call_1'}",
                "{'type':'conversation.item.delete','item_id':'item_call_1'}",
                "{'type':'conversation.item.create','item':{'type':'function_call_output','call_id':'call_1',"
                        + "'output':'mine'}}")) {
            room.fromClient(event);
        }
        assertThat(room.toModel()).hasSize(sent);
        assertThat(room.toClient("error")).hasSize(3);
        desk.go.countDown();
        assertThat(room.output("call_1")).isEqualTo("Waited");
    }

    @Test
    void theServersSettingsAndFaultsAreNotShown() {
        AgentRoom room = room();
        ObjectNode config =
                room.toModel("session.update").getFirst().path("session").asObject();
        room.fromModel("{'type':'session.created','session':{'id':'s','instructions':'a marker','tools':[]}}");
        room.fromModel("{'type':'session.updated','session':" + config + "}");
        room.fromModel("{'type':'error','event_id':'e','error':{'type':'invalid_request_error','code':'invalid_value',"
                + "'message':'Invalid schema for function \\\"marker_find\\\".','param':'session.tools[0]'}}");
        room.calls("r1", "marker_find call_1 {'city':'Rome'}");
        room.output("call_1");
        String own = room.toModel("conversation.item.create")
                .getFirst()
                .path("event_id")
                .asString();
        room.fromModel("{'type':'error','error':{'code':'x','message':'y','event_id':'" + own + "'}}");
        room.fromModel("{'type':'some.vendors.event','function':{'name':'marker_find'}}");
        room.fromModel("{'type':'some.vendors.other','text':'Hi'}");
        seesNothing(room);
        assertThat(room.toClient("session.updated")).hasSize(1);
        assertThat(room.toClient("error")).hasSize(1);
        assertThat(room.toClient("some.vendors.other")).hasSize(1);
    }

    @Test
    void anAgentMayShowItsTools() {
        AgentRoom room = new AgentRoom(agent().showsTools(true).build());
        room.calls("r1", "marker_find call_1 {'city':'Rome'}");
        assertThat(room.output("call_1")).isEqualTo("A room in Rome");
        assertThat(room.toClient("response.output_item.done")).hasSize(1);
        assertThat(room.toClient("response.function_call_arguments.done")).hasSize(1);
    }

    @Test
    void toolsMayBeReplacedDuringASession() {
        AgentRoom room = withClientsTool(room());
        room.session
                .handle()
                .updateTools(List.of(RealtimeTool.of(
                        new ToolSpec(
                                "marker_new", "New.", Json.object(), Duration.ofSeconds(1), false, Optional.empty()),
                        call -> "new")));
        room.lane.run();
        assertThat(room.toModel("session.update").getLast().at("/session/tools").findValuesAsString("name"))
                .containsExactly("open_door", "marker_new");
        room.calls("r1", "marker_new call_1", "marker_find call_2 {'city':'Rome'}");
        assertThat(room.output("call_1")).isEqualTo("new");
        assertThat(room.output("call_2")).isEqualTo("There is no tool 'marker_find'.");
        seesNothing(room);
    }

    // ---- Tools that the provider calls -----------------------------------------------------------------------------

    @Test
    void callsOfTheProvidersToolsAreApprovedAndHidden() {
        AgentRoom room = new AgentRoom(VoiceAgent.builder()
                .remoteTools(new RemoteTools(
                        "marker_docs", URI.create("https://example.com/mcp"), Optional.empty(), List.of(), true))
                .approval(call -> call.name().equals("search"))
                .build());
        assertThat(room.toModel("session.update").getFirst().at("/session/tools/0/server_label"))
                .hasToString("\"marker_docs\"");
        String search = "{'id':'mcpr_1','type':'mcp_approval_request','server_label':'marker_docs','name':'search',"
                + "'arguments':'{}'}";
        room.fromModel(
                "{'type':'mcp_list_tools.in_progress','item_id':'item_call_l'}",
                "{'type':'conversation.item.added','previous_item_id':null,'item':{'id':'item_call_l','type':"
                        + "'mcp_list_tools','server_label':'marker_docs','tools':[]}}",
                "{'type':'mcp_list_tools.completed','item_id':'item_call_l'}",
                "{'type':'response.output_item.added','response_id':'r1','item':" + search + "}",
                "{'type':'response.output_item.done','response_id':'r1','item':" + search + "}",
                "{'type':'response.output_item.done','response_id':'r1','item':"
                        + search.replace("mcpr_1", "mcpr_2").replace("search", "drop") + "}");
        room.lane.until(() -> room.toModel("conversation.item.create").size() == 2);
        assertThat(room.toModel("conversation.item.create"))
                .extracting(event -> event.at("/item/approval_request_id").asString() + " " + event.at("/item/approve"))
                .containsExactlyInAnyOrder("mcpr_1 true", "mcpr_2 false");
        room.fromModel(
                "{'type':'response.mcp_call_arguments.done','item_id':'item_call_m','arguments':'{}'}",
                "{'type':'response.output_item.added','response_id':'r1','item':{'id':'item_call_m','type':'mcp_call',"
                        + "'server_label':'marker_docs','name':'search'}}",
                "{'type':'response.mcp_call.in_progress','item_id':'item_call_m'}",
                "{'type':'response.mcp_call.completed','item_id':'item_call_m'}",
                "{'type':'conversation.item.added','previous_item_id':null,'item':{'id':'mcp_a','type':"
                        + "'mcp_approval_response','approval_request_id':'mcpr_1','approve':true}}");
        assertThat(room.clientStream()).doesNotContain("marker", "mcpr", "mcp_a", "approve");
        assertThat(room.clientStream()).doesNotContain("response.mcp_call.");
    }
}

package dev.parley.testkit.guardrail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.VoiceAgent;
import dev.parley.guardrail.Guardrail;
import dev.parley.guardrail.Verdict;
import dev.parley.protocol.Json;
import dev.parley.tool.RealtimeTool;
import dev.parley.tool.ToolCall;
import dev.parley.tool.ToolSpec;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Guardrails on calls of tools. */
class ToolTest {
    private final AtomicInteger opened = new AtomicInteger();

    private final RealtimeTool door = RealtimeTool.of(
            ToolSpec.of("open_door", "Opens the door.", Json.object().put("type", "object")), call -> {
                opened.incrementAndGet();
                return "It is open.";
            });

    private String answer(Guarded.Check check) {
        Guarded guarded = new Guarded(VoiceAgent.builder()
                .tool(door)
                .guardrail(new Guardrail() {
                    @Override
                    public Set<Point> points() {
                        return Set.of(Point.TOOL);
                    }

                    @Override
                    public Verdict tool(ToolCall call) throws Exception {
                        return check.of(call.name());
                    }
                })
                .build());
        String call =
                "{'id':'f1','type':'function_call','call_id':'call_1','name':'open_door','arguments':'{}','status':'completed'}";
        guarded.told(
                "{'type':'response.created','response':{'id':'r1','conversation_id':'c','output':[]}}",
                "{'type':'response.output_item.added','response_id':'r1','item':" + call + "}",
                "{'type':'response.function_call_arguments.done','response_id':'r1','item_id':'f1','call_id':'call_1','name':'open_door','arguments':'{}'}",
                "{'type':'response.output_item.done','response_id':'r1','item':" + call + "}",
                "{'type':'response.done','response':{'id':'r1','conversation_id':'c','status':'completed','output':["
                        + call + "]}}");
        guarded.until(() -> {
            guarded.lane.advance(Duration.ofMillis(100));
            return Guarded.types(guarded.provider).contains("conversation.item.create");
        });
        return Guarded.seen(guarded.provider, "conversation.item.create")
                .getFirst()
                .at("/item/output")
                .asString();
    }

    @Test
    void aCallThatIsAllowedIsMade() {
        assertThat(answer(name -> name.equals("open_door") ? Verdict.ALLOW : Verdict.block("?")))
                .isEqualTo("It is open.");
        assertThat(opened).hasValue(1);
    }

    @Test
    void aCallThatIsBlockedIsNotMadeAndTheModelIsTold() {
        assertThat(answer(name -> Verdict.block("Not at night."))).isEqualTo("Not at night.");
        assertThat(opened).hasValue(0);
    }

    @Test
    void aGuardrailThatFailsOrHangsBlocks() {
        assertThat(answer(name -> {
                    throw new IllegalStateException(name);
                }))
                .isEqualTo("I am sorry, I cannot answer that.");
        assertThat(answer(name -> {
                    new CountDownLatch(1).await();
                    return Verdict.ALLOW;
                }))
                .isEqualTo("I am sorry, I cannot answer that.");
        assertThat(opened).hasValue(0);
    }
}

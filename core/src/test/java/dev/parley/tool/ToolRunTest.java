package dev.parley.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Json;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ToolRunTest {
    private static final ToolSpec SPEC = ToolSpec.of("wait", "Waits.", Json.object());

    @Test
    void isInterruptedAndTellsNothingWhenNobodyWaits() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        RealtimeTool waits = RealtimeTool.of(SPEC, call -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.complete(call.cancelled());
            }
            return "too late";
        });
        Calls calls = new Calls(Optional.empty());
        ToolRun run = calls.begin(waits, null, "{}");
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        run.cancel();
        assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(calls.over.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(calls.answer).isNotDone();
    }

    @Test
    void whatTheToolWaitsForIsCancelledWithIt() throws Exception {
        CompletableFuture<String> never = new CompletableFuture<>();
        CountDownLatch begun = new CountDownLatch(1);
        Calls calls = new Calls(Optional.empty());
        ToolRun run = calls.begin(
                RealtimeTool.of(SPEC, call -> {
                    begun.countDown();
                    return never;
                }),
                null,
                "{}");
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        run.cancel();
        assertThat(calls.over.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(never).isCancelled();
    }

    @Test
    void isNotMadeIfItMayNotBe() throws Exception {
        CountDownLatch made = new CountDownLatch(1);
        Calls calls = new Calls(Optional.of("Not today."));
        calls.begin(
                RealtimeTool.of(SPEC, call -> {
                    made.countDown();
                    return null;
                }),
                null,
                "{}");
        assertThat(calls.answer.get(10, TimeUnit.SECONDS)).isEqualTo("Not today.");
        assertThat(made.getCount()).isOne();
    }

    @Test
    void namesItselfWithoutItsArguments() throws Exception {
        CompletableFuture<String> named = new CompletableFuture<>();
        Calls.answer(RealtimeTool.of(SPEC, call -> named.complete(call.toString())), "{\"secret\":\"marker\"}");
        assertThat(named.join()).contains("call_1", "wait").doesNotContain("marker");
    }
}

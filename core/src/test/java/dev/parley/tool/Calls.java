package dev.parley.tool;

import dev.parley.RealtimeSession;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A session's end of calls, without a session. */
final class Calls implements ToolRun.Host {
    final CompletableFuture<String> answer = new CompletableFuture<>();
    final CompletableFuture<String> meanwhile = new CompletableFuture<>();
    final CountDownLatch over = new CountDownLatch(1);
    private final Optional<String> refusal;

    Calls(Optional<String> refusal) {
        this.refusal = refusal;
    }

    /** What the model is told of a call. */
    static String answer(RealtimeTool tool, @Nullable Object agent, String arguments) throws Exception {
        Calls calls = new Calls(Optional.empty());
        calls.begin(tool, agent, arguments);
        calls.over.await(10, TimeUnit.SECONDS);
        return calls.answer.get(10, TimeUnit.SECONDS);
    }

    static String answer(RealtimeTool tool, String arguments) throws Exception {
        return answer(tool, null, arguments);
    }

    ToolRun begin(RealtimeTool tool, @Nullable Object agent, String arguments) {
        ToolRun run = new ToolRun(tool, "call_1", session(), () -> agent, this);
        run.start(arguments);
        return run;
    }

    private static RealtimeSession session() {
        Principal principal = () -> "alice";
        return (RealtimeSession) Proxy.newProxyInstance(
                RealtimeSession.class.getClassLoader(),
                new Class<?>[] {RealtimeSession.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "id" -> "sess_1";
                    case "principal" -> Optional.of(principal);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @Override
    public Optional<String> refusal(ToolCall call) {
        return refusal;
    }

    @Override
    public void answered(String text) {
        answer.complete(text);
    }

    @Override
    public void meanwhile(String words) {
        meanwhile.complete(words);
    }

    @Override
    public void over() {
        over.countDown();
    }
}

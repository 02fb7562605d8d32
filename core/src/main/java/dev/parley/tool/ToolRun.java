package dev.parley.tool;

import dev.parley.RealtimeSession;
import dev.parley.lane.Mailbox;
import dev.parley.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A call of a tool at work, on a virtual thread of its own: checks the arguments, asks whether it may be made, makes it,
 * and tells its {@link Host} the outcome in words for the model. Safe for use by all threads.
 */
public final class ToolRun implements ToolCall {
    static final String NOT_CALLED = "The tool was not called: ";

    private static final Logger LOG = LoggerFactory.getLogger(ToolRun.class);

    private final RealtimeTool tool;
    private final String id;
    private final RealtimeSession session;
    private final Supplier<@Nullable Object> agent;
    private final Host host;
    private volatile ObjectNode arguments = Json.object();
    private volatile boolean cancelled;
    private volatile @Nullable Thread thread;

    /** Whom a run tells what becomes of it. Called on the run's thread, or on one of the tool's. */
    public interface Host {
        /** Why the call may not be made, in words for the model; empty: it may be. May block. */
        Optional<String> refusal(ToolCall call) throws Exception;

        /** The outcome; not told of a run that was cancelled. */
        void answered(String text);

        /** The tool wants these words said now, and the outcome told later. */
        void meanwhile(String words);

        /** The tool's thread has ended, whether in time or not. */
        void over();
    }

    /**
     * A call that has not begun.
     *
     * @param id the model's id of the call
     * @param agent gives the agent's object; runs the application's code
     */
    public ToolRun(RealtimeTool tool, String id, RealtimeSession session, Supplier<@Nullable Object> agent, Host host) {
        this.tool = tool;
        this.id = id;
        this.session = session;
        this.agent = agent;
        this.host = host;
    }

    /** Begins, with the arguments as the model has written them. */
    public void start(String json) {
        Mailbox.threads().execute(() -> run(json));
    }

    /** Nobody waits for the outcome any more: interrupts the tool, and tells nothing but its end. */
    public void cancel() {
        cancelled = true;
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    private void run(String json) {
        thread = Thread.currentThread();
        try {
            // After the thread is known: a cancellation from now on interrupts it, one from before is seen here.
            if (!cancelled) {
                String text = outcome(json);
                if (!cancelled) {
                    host.answered(text);
                }
            }
        } finally {
            thread = null;
            host.over();
        }
    }

    private String outcome(String json) {
        try {
            arguments = json.isBlank() ? Json.object() : Json.parse(json.getBytes(StandardCharsets.UTF_8));
            List<String> faults = SchemaCheck.faults(tool.spec().parameters(), arguments);
            if (!faults.isEmpty()) {
                return NOT_CALLED + String.join("; ", faults) + ".";
            }
            Optional<String> refusal = host.refusal(this);
            return refusal.isPresent() ? refusal.get() : ToolResult.text(tool.call(this));
        } catch (Json.JsonSyntaxException e) {
            return NOT_CALLED + "its arguments are " + e.getMessage() + ".";
        } catch (ToolException e) {
            String message = e.getMessage();
            return message == null || message.isBlank() ? failed(e) : shortened(message);
        } catch (Throwable e) {
            return cancelled ? "" : failed(e);
        }
    }

    /** The text of a foreign exception may hold what was said, and is nothing for the model. */
    private String failed(Throwable e) {
        LOG.error(
                "The tool {} failed in session {} with {}",
                name(),
                session.id(),
                e.getClass().getName());
        return "The tool failed.";
    }

    private static String shortened(String text) {
        return text.length() <= ToolResult.LONGEST ? text : text.substring(0, ToolResult.LONGEST);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String name() {
        return tool.spec().name();
    }

    @Override
    public ObjectNode arguments() {
        return arguments;
    }

    @Override
    public RealtimeSession session() {
        return session;
    }

    @Override
    public @Nullable Object agent() {
        return agent.get();
    }

    @Override
    public boolean cancelled() {
        return cancelled;
    }

    @Override
    public void meanwhile(String words) {
        if (!cancelled) {
            host.meanwhile(words);
        }
    }

    /** The call's ids, and none of its arguments. */
    @Override
    public String toString() {
        return "ToolCall[id=" + id + ", name=" + name() + "]";
    }
}

package dev.parley.agent;

import dev.parley.guardrail.Verdict;
import dev.parley.protocol.Json;
import dev.parley.session.Floor;
import dev.parley.tool.RealtimeTool;
import dev.parley.tool.ToolApproval;
import dev.parley.tool.ToolCall;
import dev.parley.tool.ToolRun;
import dev.parley.tool.ToolSpec;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Where a session's calls of tools are at work: begins them, watches their time, brings what becomes of them back to the
 * lane. Lane only, but for what runs on the calls' own threads.
 */
final class ToolDesk {
    private static final Logger LOG = LoggerFactory.getLogger(ToolDesk.class);
    private static final String APPROVED = "approved";

    private final Floor floor;
    private final AgentObject object;
    private final GuardStage guards;
    private final Optional<ToolApproval> approval;
    private final Set<Work> approvals = new HashSet<>();
    private int busy;

    ToolDesk(Floor floor, AgentObject object, GuardStage guards, Optional<ToolApproval> approval) {
        this.floor = floor;
        this.object = object;
        this.guards = guards;
        this.approval = approval;
    }

    /** Told on the lane, while the session lasts. */
    interface Outcome {
        /** The outcome, in words for the model; told once. */
        void answered(String text);

        /** These words are to be said now, and the outcome told later. */
        void meanwhile(String words);
    }

    /** How many threads are at work, those included that do not end though their time is up. */
    int busy() {
        return busy;
    }

    /** Begins a call. */
    Work begin(RealtimeTool tool, String callId, String arguments, Outcome outcome) {
        Work work = new Work(tool, callId, outcome);
        work.start(arguments);
        return work;
    }

    /** Has a call of a provider's own tool approved or not. */
    void approve(JsonNode request, Consumer<Boolean> verdict) {
        String name = request.path("name").asString("").replaceAll("[^a-zA-Z0-9_-]", "_");
        ToolSpec spec = new ToolSpec(
                name.isEmpty() || name.length() > 64 ? "tool" : name,
                "",
                Json.object(),
                ToolSpec.USUAL_TIMEOUT,
                true,
                Optional.empty());
        String id = request.path("id").asString("");
        RealtimeTool asked = RealtimeTool.of(spec, call -> APPROVED);
        Work[] work = new Work[1];
        work[0] = begin(asked, id, request.path("arguments").asString(""), new Outcome() {
            @Override
            public void answered(String text) {
                approvals.remove(work[0]);
                verdict.accept(text.equals(APPROVED));
            }

            @Override
            public void meanwhile(String words) {}
        });
        approvals.add(work[0]);
    }

    /** The session has ended. */
    void ended() {
        approvals.forEach(Work::cancel);
        approvals.clear();
    }

    /** One call. */
    final class Work implements ToolRun.Host {
        private final ToolSpec spec;
        private final ToolRun run;
        private final Outcome outcome;
        private @Nullable Runnable timer;
        private @Nullable Runnable words;
        private boolean settled;

        private Work(RealtimeTool tool, String callId, Outcome outcome) {
            this.spec = tool.spec();
            this.outcome = outcome;
            this.run = new ToolRun(tool, callId, floor.session(), object::get, this);
        }

        private void start(String arguments) {
            busy++;
            timer = later(this::expired, spec.timeout());
            spec.meanwhile().ifPresent(say -> words = later(() -> say(say.words()), say.after()));
            run.start(arguments);
        }

        /** Posted, so that what it sends goes out at once, and nothing is done after the session's end. */
        private Runnable later(Runnable task, Duration delay) {
            return floor.lane().schedule(() -> floor.post(task), delay);
        }

        private void expired() {
            if (settled) {
                return;
            }
            run.cancel();
            settle("The tool did not finish within " + seconds(spec.timeout()) + " and was stopped.");
        }

        private static String seconds(Duration time) {
            return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
        }

        private void say(String text) {
            if (!settled) {
                outcome.meanwhile(text);
            }
        }

        private void settle(String text) {
            if (!settled) {
                stopTimers();
                outcome.answered(text);
            }
        }

        private void stopTimers() {
            settled = true;
            if (timer != null) {
                timer.run();
            }
            if (words != null) {
                words.run();
            }
        }

        /** The session has ended. */
        void cancel() {
            stopTimers();
            run.cancel();
        }

        // ---- From here on on the call's own threads -------------------------------------------------------------

        @Override
        public Optional<String> refusal(ToolCall call) {
            try {
                if (guards.tool(call) instanceof Verdict.Block block) {
                    return Optional.of(
                            block.say().isBlank() ? "The tool was not called: it is not allowed." : block.say());
                }
                if (spec.approval() && (approval.isEmpty() || !approval.get().approve(call))) {
                    return Optional.of("The tool was not called: the call was not approved.");
                }
                return Optional.empty();
            } catch (Exception e) {
                if (!call.cancelled()) {
                    LOG.error(
                            "The check of a call of {} failed with {}",
                            spec.name(),
                            e.getClass().getName());
                }
                return Optional.of("The tool was not called: the call could not be approved.");
            }
        }

        @Override
        public void answered(String text) {
            floor.post(() -> settle(text));
        }

        @Override
        public void meanwhile(String say) {
            floor.post(() -> say(say));
        }

        @Override
        public void over() {
            floor.post(() -> busy--);
        }
    }
}

package dev.parley.guardrail.gate;

import dev.parley.guardrail.Guardrail;
import dev.parley.guardrail.Verdict;
import dev.parley.lane.Mailbox;
import dev.parley.session.Floor;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The guardrails of a session that are asked at one point, one after the other until one blocks. They run on virtual
 * threads; one that fails, answers nothing or takes longer than {@link #PATIENCE} blocks. Lane only, but for
 * {@link #answer}.
 */
public final class Panel {
    /** How long all of them together may take. */
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    /** By when a thread that waits is let go though the lane says nothing. */
    private static final Duration LATEST = PATIENCE.plusSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(Panel.class);

    private final Floor floor;
    private final Guardrail.Point point;
    private final List<Guardrail> members;
    private final Set<Asking> open = new HashSet<>();

    /** Those of a session's guardrails that are asked at a point. */
    public Panel(Floor floor, List<Guardrail> all, Guardrail.Point point) {
        this.floor = floor;
        this.point = point;
        this.members =
                all.stream().filter(each -> each.points().contains(point)).toList();
    }

    /** What a guardrail is asked. */
    @FunctionalInterface
    public interface Question {
        Verdict put(Guardrail to) throws Exception;
    }

    /** Whether nobody is asked here. */
    public boolean empty() {
        return members.isEmpty();
    }

    /** Blocks, since there is nothing to ask about. */
    public void fail(Consumer<Verdict> told) {
        Mailbox.threads().execute(() -> {
            Verdict failed = failed();
            floor.post(() -> told.accept(failed));
        });
    }

    /** Runs a guardrail's code, as all that asks one for its apology. */
    private Verdict failed() {
        return new Verdict.Block(members.isEmpty() ? "" : apology(members.getFirst()));
    }

    /** Asks; the verdict is told on the lane, unless the session has ended by then. */
    public void ask(Question question, Consumer<Verdict> told) {
        Asking asking = new Asking(told);
        open.add(asking);
        asking.timer = floor.lane().schedule(() -> floor.post(asking::late), PATIENCE);
        Mailbox.threads().execute(() -> {
            asking.thread = Thread.currentThread();
            Verdict verdict = verdict(question, asking);
            asking.thread = null;
            floor.post(() -> asking.settle(verdict));
        });
    }

    /** Asks, and waits for the verdict on the calling thread, which must not be the lane. */
    public Verdict answer(Question question) {
        if (members.isEmpty()) {
            return Verdict.ALLOW;
        }
        CompletableFuture<Verdict> verdict = new CompletableFuture<>();
        floor.post(() -> ask(question, verdict::complete));
        try {
            return verdict.get(LATEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed();
        } catch (ExecutionException | TimeoutException e) {
            return failed();
        }
    }

    private Verdict verdict(Question question, Asking asking) {
        for (Guardrail member : members) {
            asking.apology = apology(member);
            try {
                // Its author may not have checked for null.
                @Nullable Verdict verdict = question.put(member);
                if (verdict instanceof Verdict.Block) {
                    return verdict;
                } else if (verdict == null) {
                    LOG.error("A guardrail of {} answered nothing, which blocks", point);
                    return new Verdict.Block(asking.apology);
                }
            } catch (Throwable e) {
                // Its text may hold what was said.
                LOG.error(
                        "A guardrail of {} failed with {}, which blocks",
                        point,
                        e.getClass().getName());
                return new Verdict.Block(asking.apology);
            }
        }
        return Verdict.ALLOW;
    }

    private static String apology(Guardrail member) {
        try {
            @Nullable String apology = member.apology();
            return apology == null ? "" : apology;
        } catch (RuntimeException e) {
            return "";
        }
    }

    /** The session has ended: nobody waits for a verdict any more. */
    public void ended() {
        List.copyOf(open).forEach(Asking::close);
    }

    private final class Asking {
        private final Consumer<Verdict> told;
        private Runnable timer = () -> {};
        private volatile @Nullable Thread thread;
        private volatile String apology = "";

        private Asking(Consumer<Verdict> told) {
            this.told = told;
        }

        private void settle(Verdict verdict) {
            if (close()) {
                told.accept(verdict);
            }
        }

        private void late() {
            if (close()) {
                LOG.error("A guardrail of {} took longer than {} s, which blocks", point, PATIENCE.toSeconds());
                told.accept(new Verdict.Block(apology));
            }
        }

        private boolean close() {
            timer.run();
            Thread running = thread;
            if (running != null) {
                running.interrupt();
            }
            return open.remove(this);
        }
    }
}

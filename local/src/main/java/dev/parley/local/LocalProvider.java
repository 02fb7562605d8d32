package dev.parley.local;

import dev.parley.RealtimeAudioFormat;
import dev.parley.RealtimeException;
import dev.parley.RealtimeSessionConfig;
import dev.parley.lane.Lane;
import dev.parley.leg.CloseReason;
import dev.parley.leg.Failure;
import dev.parley.leg.Leg;
import dev.parley.leg.LegListener;
import dev.parley.local.engine.LocalLeg;
import dev.parley.local.speech.SpeechModels;
import dev.parley.local.work.Parts;
import dev.parley.local.work.WorkerThreads;
import dev.parley.local.work.Workers;
import dev.parley.provider.Capabilities;
import dev.parley.provider.Capabilities.Billing;
import dev.parley.provider.RealtimeProvider;
import dev.parley.provider.Start;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded provider, named {@code local}: behaves as an OpenAI Realtime server in this process, without a key and
 * without a network. Its models are loaded once, when first needed or by {@link #warmUp}, and shared by all sessions.
 */
public final class LocalProvider implements RealtimeProvider {
    /** The name it is chosen by. */
    public static final String NAME = "local";

    private static final String DEFAULT_MODEL = "parley-local-demo";
    private static final Logger LOG = LoggerFactory.getLogger(LocalProvider.class);

    private final int maxSessions;
    private final Function<SpeechModels.Progress, Parts> loader;
    private final Workers workers;
    private final Runnable closeWorkers;
    private final AtomicInteger sessions = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable CompletableFuture<Parts> loading;

    /**
     * A provider of the parts that the options ask for.
     *
     * @throws RealtimeException.InvalidConfig if a phrase of the application's has a word that the ears do not know
     */
    public LocalProvider(LocalOptions options) {
        this(LocalParts.checked(options).maxSessions(), progress -> LocalParts.load(options, progress));
    }

    /** A provider of one's own parts, which are loaded when first needed. */
    public LocalProvider(int maxSessions, Function<SpeechModels.Progress, Parts> loader) {
        this.maxSessions = maxSessions;
        this.loader = loader;
        WorkerThreads threads = new WorkerThreads(Runtime.getRuntime().availableProcessors());
        workers = threads;
        closeWorkers = threads::close;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String defaultModel() {
        return DEFAULT_MODEL;
    }

    /** The same for every model, since any name means the one that is here. */
    @Override
    public Capabilities capabilities(String model) {
        Set<String> voices = Arrays.stream(dev.parley.OpenAIVoice.values())
                .map(dev.parley.OpenAIVoice::wireName)
                .collect(Collectors.toSet());
        return new Capabilities(
                false,
                true,
                true,
                Set.of("audio", "text"),
                Set.of(RealtimeAudioFormat.PCM_24K),
                Set.of(RealtimeAudioFormat.PCM_24K),
                voices,
                Set.of("server_vad", "semantic_vad", "none"),
                Optional.of("local"),
                true,
                true,
                true,
                true,
                true,
                false,
                Optional.of(LocalLeg.LONGEST),
                Billing.FREE);
    }

    /**
     * Loads the models, unless they are, and returns when they are ready.
     *
     * @param progress is told of each step that is done
     * @throws RealtimeException if a model cannot be loaded
     */
    public void warmUp(SpeechModels.Progress progress) {
        try {
            parts(progress).join();
        } catch (CompletionException e) {
            throw new RealtimeException.ConnectionFailed(reason(e));
        }
    }

    private CompletableFuture<Parts> parts(SpeechModels.Progress progress) {
        lock.lock();
        try {
            CompletableFuture<Parts> known = loading;
            if (known == null || known.isCompletedExceptionally()) {
                known = CompletableFuture.supplyAsync(
                        () -> loader.apply(progress),
                        task -> Thread.ofVirtual().name("parley-local-load").start(task));
                loading = known;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Leg connect(RealtimeSessionConfig config, Start start, Lane lane, LegListener listener) {
        if (start instanceof Start.Join) {
            throw new RealtimeException.InvalidConfig(
                    "the local provider has no calls to join; connect with a model instead of a call_id");
        }
        boolean admitted = sessions.incrementAndGet() <= maxSessions;
        LocalLeg leg = new LocalLeg(lane, listener, sessions::decrementAndGet);
        if (!admitted) {
            leg.refuse(CloseReason.of(
                    Failure.PROVIDER_BUSY,
                    "the local provider has its most sessions, " + maxSessions
                            + "; try later, or set PARLEY_LOCAL_MAX_SESSIONS"));
        } else if (start instanceof Start.Resume) {
            leg.refuse(CloseReason.of(Failure.PROVIDER_REFUSED, "the local provider cannot resume a session"));
        } else {
            open(leg, config, start);
        }
        return leg;
    }

    private void open(LocalLeg leg, RealtimeSessionConfig config, Start start) {
        String model = config.model().orElse(DEFAULT_MODEL);
        CompletableFuture<Parts> unused = parts((step, took) -> {}).whenComplete((parts, failure) -> {
            if (failure == null) {
                leg.open(parts, workers, config, model, start);
            } else {
                LOG.error("The local models could not be loaded: {}", reason(failure));
                leg.refuse(CloseReason.of(Failure.PROVIDER_REFUSED, reason(failure)));
            }
        });
    }

    private static String reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String text = cause.getMessage();
        return "local models: " + (text == null ? cause.getClass().getSimpleName() : text);
    }

    @Override
    public void close() {
        closeWorkers.run();
        lock.lock();
        try {
            if (loading != null && loading.isDone() && !loading.isCompletedExceptionally()) {
                loading.join().close();
            }
            loading = null;
        } finally {
            lock.unlock();
        }
    }
}

package dev.parley.benchmarks;

import dev.parley.benchmarks.peer.PeerKind;
import dev.parley.benchmarks.peer.Relay;
import dev.parley.benchmarks.peer.RunningRelay;
import dev.parley.benchmarks.peer.StartException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** The rounds of a run: in each, every measure is taken of every peer, in an order that changes. */
final class Rounds {
    private final Plan plan;
    private final List<Relay> relays;
    private final Ledger ledger;
    private final Consumer<String> progress;
    private final Random random = new Random();

    Rounds(Plan plan, List<Relay> relays, Ledger ledger, Consumer<String> progress) {
        this.plan = plan;
        this.relays = relays;
        this.ledger = ledger;
        this.progress = progress;
    }

    /** Measures all; files go to a folder. */
    void run(Path folder) throws InterruptedException {
        List<RunningRelay> running = new ArrayList<>();
        try (Ends ends = Ends.start(plan.payload(), plan.fault(), folder)) {
            LoadMeasures loads = new LoadMeasures(plan, ends, ledger);
            ProcessMeasures processes = new ProcessMeasures(plan, ends, ledger, folder);
            List<Target> targets = new ArrayList<>();
            targets.add(new Target(PeerKind.DIRECT, ends.port(), List.of()));
            if (plan.measures().stream().anyMatch(Measure::underLoad)) {
                startAll(ends.port(), folder, running);
                running.forEach(relay -> targets.add(new Target(relay.kind(), relay.port(), List.of(relay.pid()))));
                warmUp(targets, loads);
            }
            for (int round = 1; round <= plan.rounds(); round++) {
                ledger.beginRound();
                for (Measure measure : plan.measures()) {
                    progress.accept("round " + round + " of " + plan.rounds() + ": " + measure.label());
                    if (measure.underLoad()) {
                        underLoad(measure, targets, loads);
                    } else {
                        ofProcesses(measure, processes);
                    }
                }
            }
        } finally {
            running.forEach(RunningRelay::close);
        }
    }

    private void startAll(int provider, Path folder, List<RunningRelay> running) throws InterruptedException {
        for (Relay relay : relays) {
            try {
                running.add(RunningRelay.start(relay, provider, plan.mostSessions(), folder));
            } catch (StartException e) {
                ledger.fault(relay.kind(), "start", String.valueOf(e.getMessage()));
            }
        }
    }

    private void warmUp(List<Target> targets, LoadMeasures loads) throws InterruptedException {
        progress.accept("warming up");
        for (Target target : targets) {
            loads.warmUp(target);
        }
    }

    private void underLoad(Measure measure, List<Target> targets, LoadMeasures loads) throws InterruptedException {
        Collections.shuffle(targets, random);
        long seed = random.nextLong();
        for (Target target : targets) {
            if (measure == Measure.PACED) {
                loads.paced(target, seed);
            } else if (measure == Measure.FLOOD) {
                loads.flood(target);
            } else {
                loads.open(target);
            }
        }
        if (measure == Measure.PACED) {
            relays.forEach(relay -> loads.added(relay.kind()));
        }
    }

    private void ofProcesses(Measure measure, ProcessMeasures processes) throws InterruptedException {
        List<Relay> order = new ArrayList<>(relays);
        Collections.shuffle(order, random);
        for (Relay relay : order) {
            try {
                switch (measure) {
                    case START -> processes.start(relay);
                    case IDLE -> processes.idle(relay);
                    case SLOW -> processes.slow(relay);
                    case PACED, FLOOD, OPEN -> throw new IllegalArgumentException("of a load: " + measure);
                }
            } catch (StartException e) {
                ledger.fault(relay.kind(), measure.label(), String.valueOf(e.getMessage()));
            }
        }
    }
}

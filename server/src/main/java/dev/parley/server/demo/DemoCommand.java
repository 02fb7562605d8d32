package dev.parley.server.demo;

import dev.parley.RealtimeModule;
import dev.parley.RealtimeModuleOptions;
import dev.parley.local.LocalOptions;
import dev.parley.local.LocalProvider;
import dev.parley.local.speech.Ears;
import dev.parley.server.CommandException;
import dev.parley.server.Environment;
import dev.parley.server.ExitCode;
import dev.parley.server.Screen;
import dev.parley.server.Screen.Style;
import dev.parley.server.Version;
import dev.parley.server.call.Loudspeaker;
import dev.parley.server.serve.Models;
import dev.parley.server.talk.Transcript;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code parley demo}: the whole way once, with nothing to set, and the proof that it works. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Start a gateway with the embedded provider, ask it recorded questions over a WebSocket, and show the"
                    + " dialogue as it happens.",
            "Ends with 0 only if every answer came and was right: as a transcript, and recognised again from its sound."
                    + " Another provider answers as it likes; then every answer must have come in words and in sound."
        },
        footerHeading = "%nEnvironment:%n",
        footer = {
            "  GEMINI_API_KEY, …  of the provider, as for 'serve'",
            "  NO_COLOR           set, there are no colours",
            "  PARLEY_LOG         log level: warn (default), info, debug",
            "  PARLEY_JAVA_OPTS   more flags for Java"
        })
public final class DemoCommand implements Callable<Integer> {
    private final Environment environment;
    private final Supplier<LocalProvider> provider;
    private final UnaryOperator<short[]> tamper;
    private final Function<Random, List<Step>> choice;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = "answer.wav",
            description = "The call in stereo, left the caller, right the answers; ${DEFAULT-VALUE} by default.")
    private Path out = Path.of("answer.wav");

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            description = "Repeats the questions of the demo with this number.")
    private Optional<Integer> seed = Optional.empty();

    @Option(
            names = "--provider",
            paramLabel = "NAME",
            defaultValue = LocalProvider.NAME,
            description = "Who answers: ${DEFAULT-VALUE}, openai, azure, gemini, …; ${DEFAULT-VALUE} by default.")
    private String answering = LocalProvider.NAME;

    @Option(names = "--play", description = "Play the answers aloud.")
    private boolean play;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli's to set
    private CommandSpec spec;

    /** The command, in surroundings. */
    public DemoCommand(Environment environment) {
        this(environment, () -> new LocalProvider(LocalOptions.DEMO), UnaryOperator.identity(), Step::choose);
    }

    /**
     * The command, with another provider or with answers that are tampered with, for tests of the proof.
     *
     * @param tamper changes the sound of each answer before it is recognised again
     * @param choice what is asked
     */
    DemoCommand(
            Environment environment,
            Supplier<LocalProvider> provider,
            UnaryOperator<short[]> tamper,
            Function<Random, List<Step>> choice) {
        this.choice = choice;
        this.environment = environment;
        this.provider = provider;
        this.tamper = tamper;
    }

    @Override
    public Integer call() throws InterruptedException {
        Path folder = out.toAbsolutePath().getParent();
        if (Files.isDirectory(out) || folder == null || !Files.isWritable(folder)) {
            throw CommandException.usage("--out: " + out + " cannot be written here; name another file");
        }
        Screen screen = new Screen(spec.commandLine().getOut(), environment.colours());
        int number = seed.orElseGet(() -> ThreadLocalRandom.current().nextInt(1, 100_000));
        Random random = new Random(number);
        List<Step> steps = choice.apply(random);
        boolean embedded = answering.equals(LocalProvider.NAME);
        RealtimeModuleOptions.Builder options = RealtimeModuleOptions.builder().defaultProvider(answering);
        if (!embedded) {
            options.environment(environment.variables());
        }
        try (RealtimeModule module = RealtimeModule.forRoot(options.build())) {
            Judge judge = embedded ? proof(module, screen) : other(module);
            return run(module, judge, new Demo.Questions(steps, random, number), screen);
        }
    }

    private Judge proof(RealtimeModule module, Screen screen) {
        LocalProvider local = provider.get();
        module.addProvider(local);
        return new Proof(load(local, screen), tamper);
    }

    /** Another provider, which is asked for here so that what it lacks is said before anything else. */
    private Judge other(RealtimeModule module) {
        module.provider(answering);
        return new Presence();
    }

    private int run(RealtimeModule module, Judge judge, Demo.Questions questions, Screen screen)
            throws InterruptedException {
        URI gateway = URI.create("ws://127.0.0.1:" + module.listen(0).getPort() + "/v1/realtime");
        screen.line("the gateway listens on " + gateway + "; a client calls it (questions " + questions.number() + ")");
        try (Loudspeaker speaker = play ? Loudspeaker.open() : null) {
            Demo demo = new Demo(screen, judge, questions.random(), speaker);
            return finish(demo, demo.run(gateway, questions.steps()), judge, screen);
        }
    }

    /** Loads the provider's models and the ears that check it, which load while the provider warms up. */
    private static Ears load(LocalProvider provider, Screen screen) {
        CompletableFuture<Void> first = new CompletableFuture<>();
        CompletableFuture<Ears> ears = first.thenApplyAsync(loaded -> {
            long start = System.nanoTime();
            Ears made = Proof.ears(LocalTime.now(ZoneId.systemDefault()));
            screen.line(
                    Style.DIM,
                    "  ears that check the answers loaded "
                            + Transcript.seconds((System.nanoTime() - start) / 1_000_000));
            return made;
        });
        Models.load(provider, screen, step -> {
            if (step.startsWith("ears")) {
                first.complete(null);
            }
        });
        first.complete(null);
        return ears.join();
    }

    private int finish(Demo demo, List<Outcome> outcomes, Judge judge, Screen screen) {
        Summary.show(outcomes, judge, screen);
        try {
            demo.tape().write(out);
        } catch (IOException e) {
            throw CommandException.failed(out + " cannot be written");
        }
        screen.line("listen to it: " + out + " ("
                + Transcript.seconds(demo.tape().millis()) + ", left the caller, right Parley)");
        return outcomes.stream().allMatch(Outcome::right) ? ExitCode.OK : ExitCode.FAILED;
    }
}

package dev.parley.server;

import dev.parley.server.conformance.ConformanceCommand;
import dev.parley.server.demo.DemoCommand;
import dev.parley.server.doctor.DoctorCommand;
import dev.parley.server.serve.ServeCommand;
import dev.parley.server.talk.TalkCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code parley} command by the library for command lines: all of its commands, and its help. */
@Command(
        name = "parley",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Real-time voice AI for Java.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "'parley COMMAND --help' tells about a command. To hear what this is about: parley demo"})
final class Commands implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli's to set
    private CommandSpec spec;

    /** The commands, in surroundings. */
    static CommandLine commandLine(Environment environment) {
        Failures failures = new Failures();
        return new CommandLine(new Commands())
                .addSubcommand(new DemoCommand(environment))
                .addSubcommand(new ServeCommand(environment))
                .addSubcommand(new TalkCommand(environment))
                .addSubcommand(new DoctorCommand(environment))
                .addSubcommand(new ConformanceCommand(environment))
                .addSubcommand(new BenchCommand())
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures);
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "Which command? One of demo, serve, talk, doctor, conformance, bench");
    }
}

package dev.parley.server;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import picocli.CommandLine;

/** What a command line came to, run in this process. */
public record Cli(int code, String out, String err) {
    /** Runs the {@code parley} command. */
    public static Cli run(Map<String, String> variables, String... arguments) {
        return run(Commands.commandLine(new Environment(variables, false)), arguments);
    }

    /** Runs a command. */
    public static Cli run(CommandLine command, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return new Cli(command.execute(arguments), out.toString(), err.toString());
    }

    /** A command of a test's own with the handling of failures that all have. */
    public static CommandLine handled(Object command) {
        Failures failures = new Failures();
        return new CommandLine(command).setParameterExceptionHandler(failures).setExecutionExceptionHandler(failures);
    }
}

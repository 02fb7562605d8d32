package dev.parley.server;

import dev.parley.RealtimeException;
import java.io.PrintWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns whatever goes wrong into one line on stderr and an exit code; never into a stack trace. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    @Override
    public int handleParseException(ParameterException problem, String[] args) {
        CommandLine command = problem.getCommandLine();
        say(command.getErr(), String.valueOf(problem.getMessage()));
        command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        command.getErr().flush();
        return ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception problem, CommandLine command, ParseResult parsed) {
        return tell(problem, command.getErr());
    }

    /** Says what went wrong; returns the exit code. */
    static int tell(Exception problem, PrintWriter err) {
        LOG.debug("the command failed", problem);
        return switch (problem) {
            case CommandException ours -> {
                say(err, String.valueOf(ours.getMessage()));
                yield ours.exitCode();
            }
            case RealtimeException.InvalidConfig config -> {
                say(err, String.valueOf(config.getMessage()));
                yield ExitCode.USAGE;
            }
            case RealtimeException other -> {
                say(err, String.valueOf(other.getMessage()));
                yield ExitCode.FAILED;
            }
            default -> {
                say(err, "a fault of Parley: " + problem + ". PARLEY_LOG=debug shows where");
                yield ExitCode.FAILED;
            }
        };
    }

    private static void say(PrintWriter err, String message) {
        err.println("parley: " + message);
        err.flush();
    }
}

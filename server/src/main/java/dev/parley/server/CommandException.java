package dev.parley.server;

/** Ends a command with one line for the user and an exit code. */
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandException(int exitCode, String message) {
        super(message, null, false, false);
        this.exitCode = exitCode;
    }

    /** What was asked cannot be done as asked: a wrong flag, file or setting. Exit code 2. */
    public static CommandException usage(String message) {
        return new CommandException(ExitCode.USAGE, message);
    }

    /** It was tried and failed. Exit code 1. */
    public static CommandException failed(String message) {
        return new CommandException(ExitCode.FAILED, message);
    }

    /** The code that the process ends with. */
    public int exitCode() {
        return exitCode;
    }
}

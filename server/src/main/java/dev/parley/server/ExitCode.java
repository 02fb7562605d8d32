package dev.parley.server;

/** The exit codes of every command. */
public final class ExitCode {
    /** All went well. */
    public static final int OK = 0;
    /** It was tried and failed. */
    public static final int FAILED = 1;
    /** Wrong flags or settings: nothing was tried. */
    public static final int USAGE = 2;

    private ExitCode() {}
}

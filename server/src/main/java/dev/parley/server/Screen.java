package dev.parley.server;

import java.io.PrintWriter;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A command's output: lines that may be written piece by piece, in colours where there are any. Safe for use by all
 * threads.
 */
public final class Screen {
    /** A colour or weight of text. */
    public enum Style {
        PLAIN(""),
        BOLD("1"),
        DIM("2"),
        RED("31"),
        GREEN("32"),
        YELLOW("33"),
        CYAN("36");

        private final String code;

        Style(String code) {
            this.code = code;
        }
    }

    private final PrintWriter out;
    private final boolean colours;
    private final ReentrantLock lock = new ReentrantLock();
    /** Whose line is being written piece by piece. */
    private @Nullable String open;

    /** A screen on a command's output. */
    public Screen(PrintWriter out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    /** A text in a style, where there are styles. */
    public String styled(Style style, String text) {
        return colours && style != Style.PLAIN ? "\u001b[" + style.code + "m" + text + "\u001b[0m" : text;
    }

    /** Writes a whole line, after the one that may be open. */
    public void line(Style style, String text) {
        lock.lock();
        try {
            end();
            out.println(styled(style, text));
            out.flush();
        } finally {
            lock.unlock();
        }
    }

    /** Writes a whole line in no particular style. */
    public void line(String text) {
        line(Style.PLAIN, text);
    }

    /** Writes more of somebody's line; begins it with {@code prefix} where it is not open. */
    public void piece(String prefix, String text) {
        lock.lock();
        try {
            if (!prefix.equals(open)) {
                end();
                out.print(prefix);
                open = prefix;
            }
            out.print(text);
            out.flush();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the line that is open, if one is. */
    public void endLine() {
        lock.lock();
        try {
            end();
            out.flush();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        if (open != null) {
            out.println();
            open = null;
        }
    }
}

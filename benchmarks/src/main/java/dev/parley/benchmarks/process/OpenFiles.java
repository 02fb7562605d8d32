package dev.parley.benchmarks.process;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/** How many files, sockets among them, a process may have open. */
public final class OpenFiles {
    /** Beside sockets: jars, logs, pipes. */
    private static final int OTHERS = 500;

    private OpenFiles() {}

    /** What to do if a relay with so many sessions cannot have its sockets, two each; nothing if it can. */
    public static Optional<String> lack(int sessions) {
        long needed = 2L * sessions + OTHERS;
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                && system.getMaxFileDescriptorCount() < needed) {
            return Optional.of(sessions + " sessions need " + needed + " open files in one process, and "
                    + system.getMaxFileDescriptorCount() + " are allowed. Run 'ulimit -n " + needed
                    + "' before, or ask for fewer sessions");
        }
        return Optional.empty();
    }
}

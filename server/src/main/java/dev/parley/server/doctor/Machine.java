package dev.parley.server.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** Checks of the computer itself. */
final class Machine {
    private static final long MEBI = 1 << 20;
    /** What a server with the embedded models takes. */
    private static final long NEEDED = 700;

    private Machine() {}

    static Finding java() {
        // An older one would not have started this.
        return Finding.ok("java", System.getProperty("java.version") + " in " + System.getProperty("java.home"));
    }

    static Finding memory() {
        long free =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getFreeMemorySize() / MEBI;
        long heap = Runtime.getRuntime().maxMemory() / MEBI;
        String text = heap + " MiB of heap at most, " + free + " MiB of the computer's memory free";
        return free >= NEEDED
                ? Finding.ok("memory", text)
                : Finding.warn(
                        "memory",
                        text + "; the embedded models need " + NEEDED
                                + " MiB. Without them, with a provider's key, 150 MiB will do");
    }

    static Finding folder() {
        Path here = Path.of("").toAbsolutePath();
        return Files.isWritable(here)
                ? Finding.ok("folder", "recordings can be written to " + here)
                : Finding.warn(
                        "folder", here + " cannot be written to; give 'demo' and 'talk' another place with --out");
    }
}

package dev.parley.benchmarks.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The CPU time that a process has used, of all its threads, in user and kernel mode.
 *
 * <p>On Linux the scheduler's own account of each thread is read, in nanoseconds; a process elsewhere is asked through
 * {@link ProcessHandle}, often in steps of 10 ms. The time of threads that ended in between is in neither the former nor
 * lost: the coarser account is taken if it says more.
 */
public final class CpuClock {
    private static final long STEP = Duration.ofMillis(20).toNanos();

    private final long pid;
    private final long coarse;
    private final Map<Path, Long> threads;

    private CpuClock(long pid) {
        this.pid = pid;
        this.coarse = coarse(pid);
        this.threads = threads(pid);
    }

    /** Begins to count for a process. */
    public static CpuClock of(long pid) {
        return new CpuClock(pid);
    }

    /** Nanoseconds since this clock was made. */
    public long nanos() {
        long exact = 0;
        for (Map.Entry<Path, Long> thread : threads(pid).entrySet()) {
            exact += thread.getValue() - threads.getOrDefault(thread.getKey(), 0L);
        }
        long steps = coarse(pid) - coarse;
        return Math.abs(steps - exact) <= STEP ? exact : steps;
    }

    private static long coarse(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .map(Duration::toNanos)
                .orElse(0L);
    }

    private static Map<Path, Long> threads(long pid) {
        Map<Path, Long> nanos = new HashMap<>();
        Path folder = Path.of("/proc", Long.toString(pid), "task");
        if (!Files.isDirectory(folder)) {
            return nanos;
        }
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(folder)) {
            for (Path task : tasks) {
                read(task.resolve("schedstat"), nanos);
            }
        } catch (IOException e) {
            // The process has ended; the coarse account says so, too.
            nanos.clear();
        }
        return nanos;
    }

    private static void read(Path file, Map<Path, Long> nanos) {
        try {
            String text = Files.readString(file);
            nanos.put(file, Long.parseLong(text.substring(0, text.indexOf(' '))));
        } catch (IOException e) {
            // This thread has ended.
            nanos.remove(file);
        }
    }
}

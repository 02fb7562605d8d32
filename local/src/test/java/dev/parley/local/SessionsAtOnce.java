package dev.parley.local;

import dev.parley.RealtimeSessionConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Measures how many sessions at once keep up: each caller asks a recorded question again and again, in real time, and
 * hears the answer out. Not a test; its arguments are numbers of sessions and, with a leading {@code t}, seconds.
 */
final class SessionsAtOnce {
    private static final List<String> QUESTIONS = List.of(
            "kal16-what-time-is-it",
            "slt-turn-on-the-kitchen-light",
            "rms-what-is-twelve-times-three",
            "awb-book-a-table-for-two-at-seven");

    private SessionsAtOnce() {}

    public static void main(String[] args) throws Exception {
        try (LocalProvider provider = new LocalProvider(new LocalOptions(
                1_000,
                java.util.Optional.empty(),
                java.util.Optional.empty(),
                dev.parley.local.phrase.Phrasebook.EMPTY))) {
            long start = System.nanoTime();
            provider.warmUp((step, took) -> System.out.println(step + " in " + took.toMillis() + " ms"));
            System.out.println("ready in " + (System.nanoTime() - start) / 1_000_000 + " ms, " + memory());
            for (String arg : args) {
                measure(provider, Integer.parseInt(arg), 40);
            }
        }
    }

    private static void measure(LocalProvider provider, int count, int seconds) throws Exception {
        List<Long> latencies = Collections.synchronizedList(new ArrayList<>());
        List<Long> late = Collections.synchronizedList(new ArrayList<>());
        List<String> wrong = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch done = new CountDownLatch(count);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        long cpu = cpu();
        for (int i = 0; i < count; i++) {
            int number = i;
            Thread.ofVirtual().start(() -> {
                try {
                    Thread.sleep(3_000L * number / count);
                    call(provider, number, end, latencies, late, wrong);
                } catch (Exception | AssertionError e) {
                    wrong.add(e.toString());
                } finally {
                    done.countDown();
                }
            });
        }
        done.await();
        Collections.sort(latencies);
        double used = (cpu() - cpu) / 1e9 / (seconds + 3);
        System.out.printf(
                Locale.ROOT,
                "%3d sessions: %4d turns, end of speech to first audio median %d ms, p95 %d ms, worst %d ms;"
                        + " %d late deltas; %d failures %s; %.2f cores; %s%n",
                count,
                latencies.size(),
                latencies.isEmpty() ? -1 : latencies.get(latencies.size() / 2),
                latencies.isEmpty() ? -1 : latencies.get((int) (latencies.size() * 0.95)),
                latencies.isEmpty() ? -1 : latencies.getLast(),
                late.size(),
                wrong.size(),
                wrong.isEmpty() ? "" : wrong.getFirst(),
                used,
                memory());
    }

    private static void call(
            LocalProvider provider, int number, long end, List<Long> latencies, List<Long> late, List<String> wrong)
            throws Exception {
        String question = QUESTIONS.get(number % QUESTIONS.size());
        byte[] pcm = RealSpeechTest.recording(question);
        int spoken = pcm.length;
        while (spoken > 2 && Math.abs((short) ((pcm[spoken - 2] & 0xff) | (pcm[spoken - 1] << 8))) < 300) {
            spoken -= 2;
        }
        try (Caller caller = new Caller(
                provider,
                RealtimeSessionConfig.builder().transcriptionModel("any").build())) {
            while (System.nanoTime() < end) {
                ask(caller, pcm, spoken, latencies, late, wrong);
            }
        }
    }

    private static void ask(
            Caller caller, byte[] pcm, int spoken, List<Long> latencies, List<Long> late, List<String> wrong)
            throws Exception {
        caller.said.clear();
        long start = System.nanoTime();
        for (int at = 0; at < pcm.length; at += 960) {
            TimeUnit.NANOSECONDS.sleep(start + at * 1_000_000_000L / 48_000 - System.nanoTime());
            caller.append(pcm, at, Math.min(pcm.length, at + 960));
        }
        long ended = start + spoken * 1_000_000_000L / 48_000;
        long played = 0;
        boolean completed = false;
        while (true) {
            Caller.Said said = caller.said.poll(20, TimeUnit.SECONDS);
            if (said == null) {
                wrong.add("no answer");
                return;
            }
            completed |= said.type().endsWith("transcription.completed");
            if (said.audioBytes() > 0) {
                if (played == 0) {
                    latencies.add((said.nanos() - ended) / 1_000_000);
                    played = said.nanos();
                } else if (said.nanos() > played) {
                    late.add(said.nanos() - played);
                }
                played += said.audioBytes() * 1_000_000_000L / 48_000;
            }
            if (said.type().equals("response.done")) {
                break;
            }
        }
        if (!completed) {
            wrong.add("not understood");
        }
        TimeUnit.NANOSECONDS.sleep(played - System.nanoTime());
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean)
                        java.lang.management.ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static String memory() throws Exception {
        Runtime vm = Runtime.getRuntime();
        long heap = (vm.totalMemory() - vm.freeMemory()) >> 20;
        String rss = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .findFirst()
                .orElse("");
        return "heap " + heap + " MB, " + rss.replaceAll("\\s+", " ");
    }
}

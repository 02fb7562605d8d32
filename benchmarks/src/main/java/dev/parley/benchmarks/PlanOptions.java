package dev.parley.benchmarks;

import dev.parley.benchmarks.peer.PeerKind;
import dev.parley.benchmarks.provider.Fault;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options that say what a run does. Those that are not given have the values of a preset. */
final class PlanOptions {
    @Option(names = "--quick", description = "One short round, beside haproxy and hazeljs.")
    private boolean quick;

    @Option(names = "--scale", description = "Many sessions: 3,000 at a pace and 10,000 idle ones, without peers.")
    private boolean scale;

    @Option(
            names = "--only",
            paramLabel = "LIST",
            description = "Of paced, flood, open, start, idle, slow; all by default.")
    private Optional<String> only = Optional.empty();

    @Option(
            names = "--peers",
            paramLabel = "LIST",
            description =
                    "Of haproxy, hazeljs, node, tomcat, embedded, agent; or none. The first four by default, if found.")
    private Optional<String> peers = Optional.empty();

    @Option(names = "--rounds", paramLabel = "N", description = "How often all is measured; 3.")
    private Optional<Integer> rounds = Optional.empty();

    @Option(names = "--sessions", paramLabel = "N", description = "Sessions of the paced load; 200.")
    private Optional<Integer> sessions = Optional.empty();

    @Option(names = "--rate", paramLabel = "N", description = "Events a second that each of them sends; 20.")
    private Optional<Integer> rate = Optional.empty();

    @Option(names = "--seconds", paramLabel = "N", description = "Seconds of it that are counted; 6.")
    private Optional<Integer> seconds = Optional.empty();

    @Option(names = "--flood-sessions", paramLabel = "N", description = "Sessions of the flood; 50.")
    private Optional<Integer> floodSessions = Optional.empty();

    @Option(names = "--in-flight", paramLabel = "N", description = "Events of each on their way at any time; 8.")
    private Optional<Integer> inFlight = Optional.empty();

    @Option(names = "--flood-seconds", paramLabel = "N", description = "Seconds of it that are counted; 4.")
    private Optional<Integer> floodSeconds = Optional.empty();

    @Option(names = "--payload", paramLabel = "N", description = "Characters of base64 in each event; 3200.")
    private Optional<Integer> payload = Optional.empty();

    @Option(names = "--idle-sessions", paramLabel = "N", description = "Sessions held open for 'idle'; 1000.")
    private Optional<Integer> idleSessions = Optional.empty();

    @Option(names = "--open-sessions", paramLabel = "N", description = "Sessions opened for 'open'; 1000.")
    private Optional<Integer> openSessions = Optional.empty();

    @Option(names = "--slow-megabytes", paramLabel = "N", description = "Offered to a client that never reads; 95.")
    private Optional<Integer> slowMegabytes = Optional.empty();

    @Option(
            names = "--fault",
            paramLabel = "KIND",
            description = "Has the provider drop, alter or double an event in a hundred, to see that it is noticed.")
    private Optional<String> fault = Optional.empty();

    /**
     * What is asked for.
     *
     * @throws BadOption if it cannot be done
     */
    Plan plan() {
        if (quick && scale) {
            throw new BadOption("--quick and --scale exclude each other");
        }
        Set<Measure> all = scale ? EnumSet.of(Measure.PACED, Measure.IDLE) : EnumSet.allOf(Measure.class);
        return new Plan(
                number("--rounds", rounds, quick || scale ? 1 : 3, 1, 100),
                only.map(text -> measures(text)).orElse(all),
                peers.map(text -> peers(text)).orElse(scale ? List.of() : quick ? few() : others()),
                number("--sessions", sessions, scale ? 3000 : 200, 1, 20_000),
                number("--rate", rate, 20, 1, 1000),
                number("--seconds", seconds, quick ? 2 : scale ? 20 : 6, 1, 3600),
                number("--flood-sessions", floodSessions, 50, 1, 20_000),
                number("--in-flight", inFlight, 8, 1, 1000),
                number("--flood-seconds", floodSeconds, quick ? 1 : 4, 1, 3600),
                quick ? 500 : scale ? 10_000 : 1500,
                quick ? 1000 : 3000,
                number("--payload", payload, 3200, 16, 100_000) / 4 * 4,
                number("--idle-sessions", idleSessions, scale ? 10_000 : quick ? 200 : 1000, 1, 20_000),
                number("--open-sessions", openSessions, quick ? 200 : 1000, 1, 20_000),
                number("--slow-megabytes", slowMegabytes, quick ? 40 : 95, 1, 2000),
                fault.map(text -> one("--fault", text, List.of(Fault.values()), Fault::name))
                        .orElse(Fault.NONE));
    }

    private static int number(String option, Optional<Integer> given, int preset, int least, int most) {
        int value = given.orElse(preset);
        if (value < least || value > most) {
            throw new BadOption(option + " is " + value + "; it can be " + least + " to " + most);
        }
        return value;
    }

    private static Set<Measure> measures(String text) {
        Set<Measure> chosen = EnumSet.noneOf(Measure.class);
        words(text).forEach(word -> chosen.add(one("--only", word, List.of(Measure.values()), Measure::name)));
        return chosen;
    }

    private static List<PeerKind> peers(String text) {
        if (text.equals("none")) {
            return List.of();
        }
        return words(text)
                .map(word -> one("--peers", word, all(), PeerKind::name))
                .distinct()
                .sorted()
                .toList();
    }

    private static List<PeerKind> few() {
        return List.of(PeerKind.HAPROXY, PeerKind.HAZELJS);
    }

    private static List<PeerKind> others() {
        return List.of(PeerKind.HAPROXY, PeerKind.HAZELJS, PeerKind.NODE, PeerKind.TOMCAT);
    }

    /** Those that can be named. */
    private static List<PeerKind> all() {
        List<PeerKind> all = new ArrayList<>(others());
        all.add(PeerKind.EMBEDDED);
        all.add(PeerKind.AGENT);
        return all;
    }

    private static Stream<String> words(String text) {
        return Stream.of(text.split(",", -1)).map(String::strip);
    }

    private static <T> T one(String option, String word, List<T> of, Function<T, String> name) {
        return of.stream()
                .filter(value -> name.apply(value).equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> new BadOption(option + " has no '" + word + "'. It has "
                        + of.stream()
                                .map(value -> name.apply(value).toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }

    /** An option that cannot be taken. */
    static final class BadOption extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BadOption(String message) {
            super(message, null, false, false);
        }
    }
}

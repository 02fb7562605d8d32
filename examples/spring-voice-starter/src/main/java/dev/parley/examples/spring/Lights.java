package dev.parley.examples.spring;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Service;

/** The lights of everybody's homes, by room: what an application would have in its database. Safe for many threads. */
@Service
class Lights {
    private final Map<String, Map<String, Boolean>> homes = new ConcurrentHashMap<>(Map.of(
            "ada", Map.of("kitchen", true, "hall", false, "study", false),
            "grace", Map.of("bedroom", true, "garden", true)));

    /** Which rooms somebody has lights in, in the order of the alphabet, and whether they are on. */
    Map<String, Boolean> of(String owner) {
        return new TreeMap<>(homes.getOrDefault(owner, Map.of()));
    }

    /** Switches one light of somebody's; empty if they have none in this room. */
    Optional<Boolean> set(String owner, String room, boolean on) {
        Map<String, Boolean> after = homes.computeIfPresent(owner, (name, before) -> {
            Map<String, Boolean> changed = new TreeMap<>(before);
            changed.computeIfPresent(room, (same, was) -> on);
            return changed;
        });
        return Optional.ofNullable(after).map(home -> home.get(room));
    }

    /** Switches all of somebody's lights off. */
    void allOff(String owner) {
        of(owner).keySet().forEach(room -> set(owner, room, false));
    }
}

package dev.parley.browser;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** What passes between a page and the gateway, as the page's WebSockets see it. */
public final class Wire {
    private final Visit visit;

    Wire(Visit visit) {
        this.visit = visit;
    }

    /**
     * An event that passed.
     *
     * @param at ms of the page's clock
     * @param audioTime seconds of the clock of the page's sound
     * @param event as JSON; long texts, audio among them, are replaced by their length
     */
    public record Passed(double at, double audioTime, JsonNode event) {}

    /** Events of a type that the page received, oldest first. */
    public List<Passed> received(String type) {
        return of("received", type);
    }

    /** Events of a type that the page sent, oldest first. */
    public List<Passed> sent(String type) {
        return of("sent", type);
    }

    private List<Passed> of(String direction, String type) {
        return visit.ask("rig.wire.of", direction, type)
                .valueStream()
                .map(entry -> new Passed(
                        entry.path("at").asDouble(), entry.path("audioTime").asDouble(), entry.path("event")))
                .toList();
    }

    /** Waits until the page has received so many events of a type. */
    public void awaitReceived(String type, int times) {
        visit.until(times + " " + type, "rig.wire.of('received', '" + type + "').length >= " + times);
    }

    /** Waits until the page has sent so many events of a type. */
    public void awaitSent(String type, int times) {
        visit.until(times + " " + type + " sent", "rig.wire.of('sent', '" + type + "').length >= " + times);
    }

    /** How many WebSockets are open. */
    public int open() {
        return (int) visit.number("rig.wire.open()");
    }

    /** How many WebSockets were opened in all. */
    public int opened() {
        return (int) visit.number("rig.wire.opened()");
    }
}

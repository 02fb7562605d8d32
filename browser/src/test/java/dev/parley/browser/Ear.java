package dev.parley.browser;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import tools.jackson.databind.JsonNode;

/** An ear at the loudspeaker of a page. Times are seconds of the clock of the page's sound (AudioContext.currentTime). */
public final class Ear {
    private final Visit visit;

    Ear(Visit visit) {
        this.visit = visit;
    }

    /** The time now. */
    public double now() {
        return visit.number("rig.ear.now()");
    }

    /** What was heard since a time. */
    public Heard since(double from) {
        JsonNode told = visit.ask("rig.ear.sound", from);
        byte[] bytes = Base64.getDecoder().decode(told.path("base64").asString(""));
        short[] samples = new short[bytes.length / 2];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
        return new Heard(told.path("hertz").asInt(), told.path("frame").asLong(), samples);
    }

    /** All that was heard. */
    public Heard all() {
        return since(0);
    }

    /** Waits until something sounds after a time. */
    public void awaitSound(double from) {
        visit.until("something sounds", "rig.ear.peak(" + from + ") > 0.01");
    }

    /** Waits until nothing has sounded for a while. */
    public void awaitSilence(int millis) {
        double seconds = millis / 1000.0;
        visit.until(
                "nothing sounds",
                "rig.ear.recorded() > " + seconds + " && rig.ear.peak(rig.ear.recorded() - " + seconds + ") < 0.001");
    }
}

package dev.parley.browser;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import tools.jackson.databind.JsonNode;

/** The microphone of a page: it hears what the test says, and otherwise a faint hiss. */
public final class Microphone {
    private final Visit visit;

    Microphone(Visit visit) {
        this.visit = visit;
    }

    /** From now on {@code getUserMedia} rejects with a DOMException of this name, such as {@code NotFoundError}. */
    public void refuse(String name) {
        visit.blank().addInitScript("window.rig.microphone.refusal = '" + name + "';");
    }

    /** Begins to speak; returns at once. */
    public void say(Speech speech) {
        ByteBuffer pcm = ByteBuffer.allocate(2 * speech.samples().length).order(ByteOrder.LITTLE_ENDIAN);
        pcm.asShortBuffer().put(speech.samples());
        visit.ask("rig.microphone.say", Base64.getEncoder().encodeToString(pcm.array()), Speech.HERTZ);
    }

    /** Waits until all has been said. */
    public void awaitSilence() {
        visit.until("all is said", "rig.microphone.saying === 0");
    }

    /** Ends the tracks, as when a device is unplugged. */
    public void unplug() {
        visit.page().evaluate("() => rig.microphone.unplug()");
    }

    /** How many tracks are open: 0 when the browser shows no recording any more. */
    public int live() {
        return (int) visit.number("rig.microphone.live()");
    }

    /** The constraints of each time it was asked for. */
    public JsonNode asked() {
        return visit.ask("() => rig.microphone.asked");
    }
}

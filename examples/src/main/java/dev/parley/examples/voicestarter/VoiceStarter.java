package dev.parley.examples.voicestarter;

import dev.parley.P;
import dev.parley.Realtime;
import dev.parley.RealtimeModule;
import dev.parley.Tool;
import dev.parley.VoiceAgent;
import dev.parley.examples.ExampleModule;
import dev.parley.local.phrase.Phrasebook;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A house that one can talk to. */
public final class VoiceStarter {
    private VoiceStarter() {}

    // [voice-starter]
    @Realtime(
            path = "/house",
            instructions = "You are the voice of a house. Be brief.",
            greeting = "Hello, I am your house.")
    static final class House {
        final Set<String> lit = ConcurrentHashMap.newKeySet();

        @Tool("Switches the light in a room on or off.")
        String setLight(@P("the room, in small letters") String room, boolean on) {
            boolean changed = on ? lit.add(room) : lit.remove(room);
            return "The " + room + " light is " + (on ? "on" : "off") + (changed ? " now." : " already.");
        }
    }
    // [/voice-starter]

    static RealtimeModule module(House house, Map<String, String> environment) {
        return ExampleModule.of(environment, Phrasebook.EMPTY, VoiceAgent.of(house));
    }

    /** Listens on port 3000. */
    public static void main(String[] args) {
        module(new House(), System.getenv()).listen(3000);
        System.out.println("The house listens at ws://127.0.0.1:3000/house");
    }
}

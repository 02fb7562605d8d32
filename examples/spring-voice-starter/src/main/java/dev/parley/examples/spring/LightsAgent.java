package dev.parley.examples.spring;

import dev.parley.OnConnect;
import dev.parley.P;
import dev.parley.Realtime;
import dev.parley.RealtimeSession;
import dev.parley.Tool;
import dev.parley.tool.ToolException;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The voice of the house: a bean as any other, whose tools see only the lights of whoever has logged in. */
@Realtime(path = "/talk", name = "lights", instructions = "classpath:instructions.md", voice = "marin")
class LightsAgent {
    private final Lights lights;

    LightsAgent(Lights lights) {
        this.lights = lights;
    }

    @OnConnect
    void arrived(RealtimeSession session) throws ToolException {
        session.say("Hello, " + name(session.principal()) + ". Which light?");
    }

    @Tool("Tells which lights of the caller's are on.")
    String myLights(Optional<Principal> caller) throws ToolException {
        Map<String, Boolean> home = lights.of(name(caller));
        List<String> on = home.keySet().stream().filter(home::get).toList();
        return on.isEmpty() ? "All of your lights are off." : "On: " + String.join(" and ", on) + ".";
    }

    @Tool("Switches one light of the caller's on or off.")
    String switchLight(@P("such as kitchen") String room, boolean on, Optional<Principal> caller) throws ToolException {
        String owner = name(caller);
        if (lights.set(owner, room, on).isEmpty()) {
            throw new ToolException("You have no light in the " + room + ". You have: "
                    + String.join(", ", lights.of(owner).keySet()) + ".");
        }
        return "The " + room + " light is " + (on ? "on." : "off.");
    }

    @Tool("Switches all lights of the caller's off.")
    String allOff(Optional<Principal> caller) throws ToolException {
        lights.allOff(name(caller));
        return "All of your lights are off. Good night.";
    }

    /** Who has logged in; nobody else gets as far as here, unless somebody opens the path in {@link Security}. */
    private static String name(Optional<Principal> caller) throws ToolException {
        return caller.map(Principal::getName).orElseThrow(() -> new ToolException("Nobody is logged in."));
    }
}

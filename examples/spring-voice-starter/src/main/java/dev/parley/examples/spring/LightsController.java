package dev.parley.examples.spring;

import java.security.Principal;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the page shows: the same lights, by HTTP. */
@RestController
class LightsController {
    private final Lights lights;

    LightsController(Lights lights) {
        this.lights = lights;
    }

    @GetMapping("/lights")
    Map<String, Boolean> lights(Principal caller) {
        return lights.of(caller.getName());
    }
}

package dev.parley.spring;

import dev.parley.VoiceAgent;
import java.util.List;
import java.util.Set;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** A path of the gateway's is a controller's as well. */
final class PathTakenException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String path;
    private final String controller;
    private final String owner;

    private PathTakenException(String path, String controller, String owner) {
        super("the path " + path + " of " + owner + " is mapped to " + controller + ", too");
        this.path = path;
        this.controller = controller;
        this.owner = owner;
    }

    /** Throws this if a controller's method has exactly one of the paths. */
    static void check(RequestMappingHandlerMapping mapping, Set<String> paths, List<VoiceAgent> agents) {
        mapping.getHandlerMethods()
                .forEach((info, method) -> info.getDirectPaths().stream()
                        .filter(paths::contains)
                        .findFirst()
                        .ifPresent(path -> {
                            String owner = agents.stream()
                                    .filter(agent -> agent.path().equals(path))
                                    .findFirst()
                                    .map(agent -> "the agent '" + agent.name() + "'")
                                    .orElse("the gateway");
                            throw new PathTakenException(
                                    path,
                                    method.getBeanType().getName() + "."
                                            + method.getMethod().getName(),
                                    owner);
                        }));
    }

    String path() {
        return path;
    }

    String controller() {
        return controller;
    }

    String owner() {
        return owner;
    }
}

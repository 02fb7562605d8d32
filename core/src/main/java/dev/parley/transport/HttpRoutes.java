package dev.parley.transport;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The plain HTTP routes of a server: handlers by path and method. Safe for use by all threads. */
public final class HttpRoutes {
    /** What a path ends in that takes longer ones. */
    private static final String REST = "/*";

    private final Map<String, Map<String, Function<HttpRequest, HttpResponse>>> exact = new ConcurrentHashMap<>();
    /** By what longer paths begin with. */
    private final Map<String, Map<String, Function<HttpRequest, HttpResponse>>> longer = new ConcurrentHashMap<>();

    /** No routes. */
    public HttpRoutes() {}

    /** Adds a route, or replaces it; see {@link RealtimeServer#mountHttp}. */
    public void mount(String method, String path, Function<HttpRequest, HttpResponse> handler) {
        boolean rest = path.endsWith(REST);
        String from = rest ? path.substring(0, path.length() - 1) : path;
        (rest ? longer : exact)
                .computeIfAbsent(from, any -> new ConcurrentHashMap<>())
                .put(method, handler);
    }

    /** The handlers of a path by method: its own, or those of the longest beginning that has any; empty if there are none. */
    public Map<String, Function<HttpRequest, HttpResponse>> at(String path) {
        Map<String, Function<HttpRequest, HttpResponse>> own = exact.get(path);
        if (own != null) {
            return own;
        }
        String best = "";
        for (String beginning : longer.keySet()) {
            if (beginning.length() > best.length() && path.startsWith(beginning)) {
                best = beginning;
            }
        }
        return longer.getOrDefault(best, Map.of());
    }

    /** All paths, as they were mounted. */
    public Set<String> paths() {
        Set<String> paths = new TreeSet<>(exact.keySet());
        longer.keySet().forEach(beginning -> paths.add(beginning + "*"));
        return paths;
    }
}

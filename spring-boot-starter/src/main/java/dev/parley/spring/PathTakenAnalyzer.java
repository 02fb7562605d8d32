package dev.parley.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says at start which path is taken twice. */
final class PathTakenAnalyzer extends AbstractFailureAnalyzer<PathTakenException> {
    PathTakenAnalyzer() {}

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable failure, PathTakenException cause) {
        return new FailureAnalysis(
                "The path " + cause.path() + " belongs to " + cause.owner() + " of Parley and to " + cause.controller()
                        + ", which would never be called.",
                "Give one of them another path: the agent in @Realtime(path = ...), the gateway by the property"
                        + " parley.path, or the controller.",
                cause);
    }
}

package dev.parley.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests a {@link Visit}, and judges it when they end. */
final class Visits implements ParameterResolver, AfterEachCallback {
    private static final Namespace NAMESPACE = Namespace.create(Visits.class);
    /** What is left of tests that fail. */
    private static final Path FAILED = Path.of("target", "failed");

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == Visit.class;
    }

    @Override
    public Visit resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return test.getStore(NAMESPACE).computeIfAbsent(Visit.class, type -> new Visit(), Visit.class);
    }

    @Override
    public void afterEach(ExtensionContext test) {
        Visit visit = test.getStore(NAMESPACE).remove(Visit.class, Visit.class);
        if (visit == null) {
            return;
        }
        try (visit) {
            if (test.getExecutionException().isPresent()) {
                visit.keep(FAILED, test.getRequiredTestClass().getSimpleName() + "-" + test.getDisplayName());
            } else {
                assertThat(visit.complaints()).isEmpty();
            }
        }
    }
}

package dev.parley.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** What axe-core finds that keeps people from using a page. */
public final class Accessibility {
    private static final String AXE = source();

    private Accessibility() {}

    /** Checks what is shown now: nothing serious and nothing critical is wrong with it. */
    public static void check(Visit visit) {
        Page page = visit.page();
        page.evaluate(AXE);
        JsonNode found = visit.ask("""
                async () => {
                  const { violations } = await axe.run(document, { resultTypes: ['violations'] });
                  return violations
                    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
                    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(' | ')}`);
                }""");
        assertThat(found.valueStream().map(JsonNode::asString)).isEmpty();
    }

    private static String source() {
        try (InputStream in = Accessibility.class.getResourceAsStream("/axe.min.js")) {
            if (in == null) {
                throw new IllegalStateException("axe.min.js is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

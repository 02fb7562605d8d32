package dev.parley.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import dev.parley.protocol.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One person's visit to a page, with a browser profile, a microphone and an ear of its own. */
public final class Visit implements AutoCloseable {
    /** Longer than anything takes, also on a machine that does much else. */
    public static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Set<String> LOCAL = Set.of("data", "blob");

    private final List<String> complaints = new ArrayList<>();
    private final List<Pattern> expected = new ArrayList<>();
    private Look look = Look.LIGHT;
    private @Nullable Browser browser;
    private boolean ownMicrophone = true;
    private @Nullable BrowserContext context;
    private @Nullable Page page;
    private String host = "";

    Visit() {
        PlaywrightAssertions.setDefaultAssertionTimeout((double) PATIENCE.toMillis());
    }

    /** How the page is looked at, from now on. */
    public Visit look(Look look) {
        this.look = look;
        Page opened = page;
        if (opened != null) {
            opened.setViewportSize(look.width, look.height);
            opened.emulateMedia(new EmulateMediaOptions().setColorScheme(look.scheme));
            boolean dark = look.scheme == ColorScheme.DARK;
            until(
                    "the page has followed",
                    "(document.documentElement.dataset.theme === 'dark') === " + dark + " && innerWidth === "
                            + look.width);
            until(
                    "colours have faded over",
                    "document.getAnimations().every(({ playState, effect }) =>"
                            + " playState !== 'running' || effect.getTiming().iterations === Infinity)");
        }
        return this;
    }

    /** Takes another browser, with the microphone that this one has; before the page is opened. */
    public Visit with(Browser another) {
        browser = another;
        ownMicrophone = false;
        return this;
    }

    /** Opens a page. Requests to other hosts than its own are complaints. */
    public Page open(String url) {
        Page opened = blank();
        host = URI.create(url).getAuthority();
        opened.navigate(url);
        return opened;
    }

    /** The page before anything is opened in it, for tests that answer requests themselves. */
    public Page blank() {
        Page known = page;
        if (known != null) {
            return known;
        }
        BrowserContext made = (browser == null ? Chromium.shared() : browser)
                .newContext(new NewContextOptions()
                        .setViewportSize(look.width, look.height)
                        .setColorScheme(look.scheme)
                        .setLocale("en-GB")
                        .setAcceptDownloads(true));
        context = made;
        made.setDefaultTimeout((double) PATIENCE.toMillis());
        made.addInitScript(script("complaints.js"));
        made.addInitScript(script(ownMicrophone ? "microphone.js" : "no-microphone.js"));
        made.addInitScript(script("ear.js"));
        made.addInitScript(script("wire.js"));
        made.onRequest(this::check);
        made.onConsoleMessage(this::check);
        made.onWebError(error -> complaints.add("thrown: " + error.error()));
        Page opened = made.newPage();
        page = opened;
        return opened;
    }

    private void check(Request request) {
        URI uri = URI.create(request.url());
        if (!LOCAL.contains(uri.getScheme()) && !host.isEmpty() && !host.equals(uri.getAuthority())) {
            complaints.add("asked another host: " + request.url());
        }
    }

    private void check(ConsoleMessage message) {
        if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(message.type() + " on the console: " + message.text() + " (" + message.location() + ")");
        }
    }

    /** The page that was opened. */
    public Page page() {
        Page opened = page;
        if (opened == null) {
            throw new IllegalStateException("no page was opened");
        }
        return opened;
    }

    /** What the page hears. */
    public Microphone microphone() {
        return new Microphone(this);
    }

    /** What the page is heard to say. */
    public Ear ear() {
        return new Ear(this);
    }

    /** What passes between the page and the gateway. */
    public Wire wire() {
        return new Wire(this);
    }

    /** Complaints in which this is found are part of the test. */
    public Visit tolerate(String regex) {
        expected.add(Pattern.compile(regex));
        return this;
    }

    /** What the browser and the page complained about, but for what the test expects. */
    public List<String> complaints() {
        return complaints.stream()
                .filter(text -> expected.stream()
                        .noneMatch(pattern -> pattern.matcher(text).find()))
                .toList();
    }

    /** Waits for a complaint, expected or not, with this in it. */
    public void awaitComplaint(String part) {
        page().waitForCondition(() -> complaints.stream().anyMatch(text -> text.contains(part)));
    }

    /**
     * Waits until a condition holds in the page.
     *
     * @param what it is, for the failure's message
     * @param condition an expression of JavaScript
     */
    public void until(String what, String condition) {
        // Not by Playwright's own wait, which the Content-Security-Policy forbids, since it evaluates text in the page.
        Object held = page().evaluate(
                        "async patience => {"
                                + "  const end = performance.now() + patience;"
                                + "  while (!(" + condition + ")) {"
                                + "    if (performance.now() > end) return false;"
                                + "    await new Promise(again => setTimeout(again, 10));"
                                + "  }"
                                + "  return true;"
                                + "}",
                        (double) PATIENCE.toMillis());
        if (!Boolean.TRUE.equals(held)) {
            throw new AssertionError(what + ": not within " + PATIENCE + " (" + condition + ")");
        }
    }

    /** What a function in the page answers, to arguments that are numbers, texts, and lists of those. */
    public JsonNode ask(String function, Object... arguments) {
        String json = (String) page().evaluate(
                        "async given => JSON.stringify(await (" + function + ")(...given) ?? null)",
                        List.of(arguments));
        return Json.mapper().readTree(json);
    }

    /** A number in the page. */
    public double number(String expression) {
        return ((Number) page().evaluate(expression)).doubleValue();
    }

    /** Writes down what the page looks like. */
    void keep(Path folder, String name) {
        Page opened = page;
        if (opened == null) {
            return;
        }
        String file = name.replaceAll("[^A-Za-z0-9]+", "-") + ".png";
        opened.screenshot(new ScreenshotOptions().setPath(folder.resolve(file)).setTimeout(5000));
        complaints().forEach(System.err::println);
    }

    @Override
    public void close() {
        BrowserContext used = context;
        if (used != null) {
            used.close();
        }
    }

    static String script(String name) {
        try (InputStream in = Visit.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no script " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

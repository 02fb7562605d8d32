package dev.parley.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Playwright.CreateOptions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The system's own Chromium, without a window. Tests run on one thread, and so does what drives it. */
public final class Chromium {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final List<String> ARGUMENTS = List.of(
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            // A name that is no secure origin over plain HTTP, and reaches this computer.
            "--host-resolver-rules=MAP parley.example 127.0.0.1",
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream");

    private static @Nullable Playwright playwright;
    private static @Nullable Browser shared;

    private Chromium() {}

    /** The one that all tests visit pages with, started once. */
    static Browser shared() {
        Browser running = shared;
        if (running == null || !running.isConnected()) {
            running = start(List.of());
            shared = running;
        }
        return running;
    }

    /** One of the test's own, whose microphone plays a recording over and over. The test closes it. */
    public static Browser hearing(Path wav) {
        return start(List.of("--use-file-for-fake-audio-capture=" + wav.toAbsolutePath()));
    }

    private static Browser start(List<String> more) {
        Playwright driver = playwright;
        if (driver == null) {
            driver = Playwright.create(new CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            playwright = driver;
        }
        List<String> arguments = new ArrayList<>(ARGUMENTS);
        arguments.addAll(more);
        return driver.chromium()
                .launch(new LaunchOptions().setExecutablePath(executable()).setArgs(arguments));
    }

    private static Path executable() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("none of " + NAMES
                        + " is in PATH; install Chromium, for instance by 'apt-get install chromium'"));
    }
}

package io.tean.dashboards.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The Chromium of this machine, one process for a test class. Only the thread that launched it may use it. */
public final class Chromium implements AutoCloseable {
    private static final List<String> NAMES =
            List.of("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    private static final List<String> ARGUMENTS = List.of(
            // Root may not use the sandbox, and the pages are our own.
            "--no-sandbox",
            "--disable-gpu",
            // A test's browser speaks to nobody but the test.
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /**
     * @throws IllegalStateException when this machine has none: a page that was not looked at is not tested
     */
    public static Chromium launch() {
        Path program = program(System.getenv().getOrDefault("PATH", ""));
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        try {
            return new Chromium(
                    playwright,
                    playwright
                            .chromium()
                            .launch(new LaunchOptions()
                                    .setExecutablePath(program)
                                    .setArgs(ARGUMENTS)));
        } catch (RuntimeException e) {
            playwright.close();
            throw e;
        }
    }

    static Path program(String path) {
        List<Path> folders = Stream.concat(Stream.of("/usr/bin"), Stream.of(path.split(File.pathSeparator)))
                .filter(folder -> !folder.isBlank())
                .map(Path::of)
                .toList();
        return program(folders);
    }

    static Path program(List<Path> folders) {
        return NAMES.stream()
                .flatMap(name -> folders.stream().map(folder -> folder.resolve(name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no Chromium (looked for " + String.join(", ", NAMES)
                        + " in /usr/bin and on the PATH): install Debian packages chromium-headless-shell and fonts-noto-cjk, or run"
                        + " bin/verify, which does"));
    }

    /**
     * Somebody who has never been here before.
     *
     * @param locale what the browser asks for, such as {@code zh-CN}
     */
    public Visitor visitor(Screen screen, String locale) {
        return visitor(screen, locale, ColorScheme.LIGHT);
    }

    public Visitor visitor(Screen screen, String locale, ColorScheme scheme) {
        Browser.NewContextOptions options = new Browser.NewContextOptions()
                .setViewportSize(screen.width(), screen.height())
                .setLocale(locale)
                .setTimezoneId("Asia/Shanghai")
                .setColorScheme(scheme);
        return new Visitor(browser.newContext(options), screen, scheme == ColorScheme.DARK);
    }

    @Override
    public void close() {
        playwright.close();
    }
}

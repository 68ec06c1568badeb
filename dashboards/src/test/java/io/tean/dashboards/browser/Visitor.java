package io.tean.dashboards.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.CheckedNode;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import io.tean.dashboards.OpenHouse;
import io.tean.dashboards.screen.Language;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One person's browser: cookies and pages of its own, and a memory of everything that it complained of. */
public final class Visitor implements AutoCloseable {
    private static final Set<String> GRAVE = Set.of("serious", "critical");
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private final BrowserContext context;
    private final Screen screen;
    private final boolean dark;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    Visitor(BrowserContext context, Screen screen, boolean dark) {
        this.context = context;
        this.screen = screen;
        this.dark = dark;
        // A violation of the content security policy is an error in the console.
        context.onConsoleMessage(this::hear);
        context.onWebError(error -> complaints.add("script: " + error.error()));
        context.onRequestFailed(this::hear);
        this.page = context.newPage();
    }

    public Page page() {
        return page;
    }

    /** Logs in on the login page, by typing. */
    public void login(OpenHouse house, String account) {
        page.navigate(house.address("/login").toString());
        page.fill("#name", account);
        page.fill("#password", OpenHouse.PASSWORD);
        page.click("main button[type=submit]");
        page.waitForURL(url -> !url.contains("/login"));
    }

    /** Nothing is wrong there, as {@link #flawsAt}. */
    public void assertFlawless(OpenHouse house, String path, String name, Language language) {
        assertThat(flawsAt(house.address(path), language, name)).as(path).isEmpty();
    }

    /** Goes there, and finds what is wrong, as {@link #flaws}; the screen and the language are added to the name. */
    public List<String> flawsAt(URI address, Language language, String name) {
        String glue = address.getQuery() == null ? "?" : "&";
        page.navigate(address + glue + "lang=" + language.word());
        return flaws(String.join("-", name, screen.name(), language.name()).toLowerCase(Locale.ROOT));
    }

    /**
     * What is wrong with the page as it stands, a line each: wider than its window, text cut off, what the browser complained of. In other words
     * and on more room it is the same page to axe, so axe and the screenshot take a phone in English, a desk in Chinese and whatever is
     * dark; with {@code -Dtean.screenshots=all} every page that a test looks at is kept.
     */
    public List<String> flaws(String name) {
        String language = String.valueOf(page.getAttribute("html", "lang"));
        boolean closely = dark
                || switch (screen) {
                    case PHONE -> language.startsWith("en");
                    case DESK -> language.startsWith("zh");
                    case WALL -> false;
                };
        if (closely || "all".equals(System.getProperty("tean.screenshots"))) {
            screenshot(name);
        }
        List<String> flaws = new ArrayList<>();
        if (overhang() > 0) {
            flaws.add(overhang() + " pixels wider than the window");
        }
        cutOff().forEach(text -> flaws.add("cut off: " + text));
        if (closely) {
            axe().forEach(violation -> flaws.add("axe: " + violation));
        }
        complaints().forEach(complaint -> flaws.add("complaint: " + complaint));
        return flaws;
    }

    /** What the browser did not like until now: console errors, with policy violations and answers of 400 and above; errors of scripts; failed requests. */
    public List<String> complaints() {
        // What the page said before has arrived when its answer has.
        context.pages().forEach(open -> open.evaluate("() => 0"));
        return List.copyOf(complaints);
    }

    /** The serious and critical violations of WCAG 2 A and AA that axe finds, a line each. */
    public List<String> axe() {
        return axe(page);
    }

    public static List<String> axe(Page page) {
        return new AxeBuilder(page)
                        // Without frames there is nothing to gather on a page of axe's own.
                        .setLegacyMode(true)
                        .withTags(List.of("wcag2a", "wcag2aa"))
                        .analyze()
                        .getViolations()
                        .stream()
                        .filter(rule -> GRAVE.contains(String.valueOf(rule.getImpact())))
                        .flatMap(rule -> rule.getNodes().stream().map(node -> line(rule, node)))
                        .toList();
    }

    /** Writes the whole page, also what is scrolled to, into target/screenshots/NAME.png. */
    public void screenshot(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(true));
    }

    /** By how many pixels the page is wider than its window; 0 without a horizontal scroll bar. */
    public int overhang() {
        return (Integer) page.evaluate("""
                () => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)
                """);
    }

    /** Visible text that sticks out of the box that it belongs into, or that its box cuts off. */
    public List<String> cutOff() {
        Object found = page.evaluate("""
                () => {
                  const found = new Set();
                  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                  while (texts.nextNode()) {
                    const text = texts.currentNode;
                    if (!text.data.trim() || !text.parentElement.checkVisibility({ visibilityProperty: true })) continue;
                    const range = document.createRange();
                    range.selectNodeContents(text);
                    for (const line of range.getClientRects()) {
                      // Text for screen readers only.
                      if (line.right <= 0 || line.width <= 1) continue;
                      for (let box = text.parentElement; box; box = box.parentElement) {
                        const style = getComputedStyle(box);
                        if (style.display === "inline" || style.display === "contents") continue;
                        if (/auto|scroll/.test(style.overflowX) && box !== document.documentElement) break;
                        const edge = box.getBoundingClientRect();
                        const clips = /hidden|clip/.test(style.overflowY);
                        if (line.left < edge.left - 1 || line.right > edge.right + 1
                            || clips && (line.top < edge.top - line.height / 4 || line.bottom > edge.bottom + line.height / 4)) {
                          found.add(`"${text.data.trim()}" in ${box.localName}${box.className ? "." + box.className.trim().replaceAll(/\\s+/g, ".") : ""}`);
                        }
                        if (/absolute|fixed/.test(style.position)) break;
                      }
                    }
                  }
                  return [...found];
                }
                """);
        return ((List<?>) found).stream().map(String::valueOf).toList();
    }

    @Override
    public void close() {
        context.close();
    }

    private void hear(ConsoleMessage message) {
        if (message.type().equals("error")) {
            complaints.add("console: " + message.text() + " (" + message.location() + ")");
        }
    }

    private void hear(Request request) {
        @Nullable String failure = request.failure();
        // The browser's own doing when somebody leaves a page that still loads.
        if (!"net::ERR_ABORTED".equals(failure)) {
            complaints.add("request: " + request.method() + " " + request.url() + " failed: " + failure);
        }
    }

    private static String line(Rule rule, CheckedNode node) {
        String reasons = String.valueOf(node.getFailureSummary()).replaceAll("\\s+", " ");
        return rule.getImpact() + " " + rule.getId() + " at " + node.getTarget() + ": " + reasons;
    }
}

package io.tean.dashboards.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.microsoft.playwright.Route;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad pages must fail. */
class ChromiumIT {
    private static final String PLACE = "http://page.test/";

    private static Chromium chromium;
    private Visitor visitor;

    @BeforeAll
    static void launch() {
        chromium = Chromium.launch();
    }

    @AfterAll
    static void quit() {
        chromium.close();
    }

    @BeforeEach
    void visit() {
        visitor = chromium.visitor(Screen.PHONE, "zh-CN");
    }

    @AfterEach
    void leave() {
        visitor.close();
    }

    @Test
    void goodPage_findsNoFault() {
        show("<main><h1>电梯困人</h1><p>正文</p></main>");
        assertThat(visitor.complaints()).isEmpty();
        assertThat(visitor.axe()).isEmpty();
        assertThat(visitor.overhang()).isZero();
        assertThat(visitor.cutOff()).isEmpty();
    }

    @Test
    void consoleError_isAComplaint() {
        show("<script>console.error('lost the thread')</script>");
        assertThat(visitor.complaints()).singleElement().asString().contains("lost the thread");
    }

    @Test
    void errorOfAScript_isAComplaint() {
        show("<script>throw new Error('torn')</script>");
        assertThat(visitor.complaints()).singleElement().asString().contains("torn");
    }

    @Test
    void violationOfThePolicy_isAComplaint() {
        answer("<p style='color: red'>红</p><script>let a = 1</script>", "default-src 'none'");
        assertThat(visitor.complaints())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("Content Security Policy"));
    }

    @Test
    void missingPicture_isAComplaint() {
        visitor.page().route("**/gone.png", route -> route.abort("connectionrefused"));
        show("<img src='/gone.png' alt=''>");
        assertThat(visitor.complaints())
                .anySatisfy(line -> assertThat(line)
                        .contains("request: GET http://page.test/gone.png failed: net::ERR_CONNECTION_REFUSED"));
    }

    @Test
    void paleText_isFoundByAxe() {
        show("<main><p style='color: #ccc; background: #fff'>淡色的字</p></main>");
        assertThat(visitor.axe()).singleElement().asString().startsWith("serious color-contrast at [p]");
    }

    @Test
    void widePage_hangsOver() {
        show("<p style='width: 500px'>宽</p>");
        assertThat(visitor.overhang()).isEqualTo(500 + 8 - 390);
    }

    @Test
    void textThatItsBoxCutsOff_isNamed() {
        show("<p class='short' style='width: 30px; overflow: hidden; white-space: nowrap'>压力容器</p>"
                + "<div class='low' style='height: 1.5em; overflow: hidden'>气瓶<br>锅炉</div>"
                + "<div class='scrolls' style='width: 30px; overflow: auto; white-space: nowrap'>起重机械</div>");
        assertThat(visitor.cutOff()).containsExactly("\"压力容器\" in p.short", "\"锅炉\" in div.low");
    }

    @Test
    void chineseText_isDrawn_withAFontThatHasIt() {
        show("<canvas width='64' height='64'></canvas>");
        // A character that no font has becomes the same box as any other such character.
        Object same = visitor.page().evaluate("""
                () => {
                  const canvas = document.querySelector("canvas");
                  const draw = text => {
                    const pen = canvas.getContext("2d");
                    pen.clearRect(0, 0, 64, 64);
                    pen.font = "48px sans-serif";
                    pen.fillText(text, 8, 56);
                    return canvas.toDataURL();
                  };
                  return draw("特") === draw("梯");
                }
                """);
        assertThat(same).as("install Debian package fonts-noto-cjk").isEqualTo(false);
    }

    @Test
    void screenshot_holdsTheWholePage() {
        show("<p style='height: 2000px'>长</p>");
        visitor.screenshot("chromium-whole-page");
        assertThat(Path.of("target/screenshots/chromium-whole-page.png")).isNotEmptyFile();
    }

    @Test
    void machineWithoutABrowser_saysWhatToInstall(@TempDir Path empty) {
        assertThatIllegalStateException()
                .isThrownBy(() -> Chromium.program(List.of(empty)))
                .withMessageMatching(
                        "no Chromium .*: install Debian packages chromium-headless-shell and fonts-noto-cjk, or run"
                                + " bin/verify, which does");
    }

    @Test
    void anyOfTheNames_isFound(@TempDir Path folder) throws Exception {
        Path chrome = Files.createFile(folder.resolve("google-chrome"));
        assertThat(chrome.toFile().setExecutable(true)).isTrue();
        assertThat(Chromium.program(List.of(folder))).isEqualTo(chrome);
    }

    private void show(String body) {
        answer(body, "");
    }

    private void answer(String body, String policy) {
        String html = "<!DOCTYPE html><html lang='zh-CN'><head><meta charset='utf-8'><title>页</title></head><body>"
                + body + "</body></html>";
        visitor.page()
                .route(
                        PLACE,
                        route -> route.fulfill(new Route.FulfillOptions()
                                .setHeaders(Map.of(
                                        "Content-Type", "text/html; charset=utf-8", "Content-Security-Policy", policy))
                                .setBody(html)));
        visitor.page().navigate(PLACE);
    }
}

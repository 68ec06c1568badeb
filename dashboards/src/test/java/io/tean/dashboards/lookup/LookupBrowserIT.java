package io.tean.dashboards.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import io.tean.dashboards.OpenHouse;
import io.tean.dashboards.access.Role;
import io.tean.dashboards.browser.Chromium;
import io.tean.dashboards.browser.Screen;
import io.tean.dashboards.browser.Visitor;
import io.tean.dashboards.screen.Language;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A label as it is printed, read as a telephone reads it, and the page that it leads to. */
class LookupBrowserIT {
    private static String publicAddress;
    private static OpenHouse house;
    private static Chromium chromium;

    @BeforeAll
    static void open() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        // A name that only a browser knows: of this very machine, and yet not what a telephone would take for itself.
        publicAddress = "http://tean.localhost:" + port;
        house = OpenHouse.open(Map.of("TEAN_PUBLIC_URL", publicAddress, "TEAN_HTTP_PORT", Integer.toString(port)));
        LabelledCity.moveInto(house);
        house.addAccount("boss", Role.ADMINISTRATOR, "", "");
        chromium = Chromium.launch();
    }

    @AfterAll
    static void close() {
        chromium.close();
        house.close();
    }

    @Test
    void printedLabel_leadsATelephoneToThePublicPage() throws Exception {
        String link;
        try (Visitor printer = chromium.visitor(Screen.DESK, "zh-CN")) {
            printer.login(house, "boss");
            Page page = printer.page();
            page.navigate(house.address("/equipment?q=ELV-1001&lang=zh").toString());
            page.click("#labels");
            page.waitForURL("**/equipment/labels?**");
            page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            assertThat(page.locator(".labels li").count()).isEqualTo(1);
            assertThat(page.locator("header.top").isVisible()).isFalse();
            link = read(page.locator(".labels svg").screenshot());
            printer.screenshot("labels-printed");
            assertThat(printer.complaints()).isEmpty();
        }
        assertThat(link).isEqualTo(publicAddress + "/q/ELV-1001");
        try (Visitor telephone = chromium.visitor(Screen.PHONE, "zh-CN")) {
            Page page = telephone.page();
            page.navigate(link);
            assertThat(page.textContent("h1")).isEqualTo("东方之门 1 号梯");
            assertThat(page.getAttribute("#call", "href")).isEqualTo("tel:96333");
            assertThat(page.textContent("#rescue-code")).isEqualTo("512345");
            assertThat(page.textContent("#verdict")).isEqualTo("在用，检验合格且在有效期内");
            assertThat(page.evaluate("() => window.__xss === undefined")).isEqualTo(true);
            assertThat(telephone.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"PHONE,ZH", "PHONE,EN", "DESK,ZH", "DESK,EN", "WALL,ZH", "WALL,EN"})
    void pages_fitTheScreen_andAreAccessible(Screen screen, Language language) {
        try (Visitor visitor = chromium.visitor(screen, language.tag())) {
            assertFlawless(visitor, "/q", "form", screen, language);
            assertFlawless(visitor, "/q/ELV-1001", "public", screen, language);
            assertFlawless(visitor, "/q/certificates/T-320500-01", "certificate", screen, language);
            visitor.login(house, "boss");
            assertFlawless(visitor, "/q/ELV-1001", "officer", screen, language);
            assertFlawless(visitor, "/equipment/labels", "labels", screen, language);
        }
    }

    @Test
    void unknownCode_isTypedAgainInTheSameForm() {
        try (Visitor visitor = chromium.visitor(Screen.PHONE, "zh-CN")) {
            Page page = visitor.page();
            page.navigate(house.address("/q").toString());
            page.fill("#code", "999999");
            page.keyboard().press("Enter");
            page.waitForSelector("#unknown");
            visitor.screenshot("lookup-unknown-phone-zh");
            assertThat(visitor.axe()).isEmpty();
            page.fill("#code", "512345");
            page.keyboard().press("Enter");
            page.waitForSelector("#verdict");
            assertThat(visitor.complaints()).allMatch(line -> line.contains("404"));
        }
    }

    private static String read(byte[] png) throws Exception {
        BufferedImage image = image(png);
        int width = image.getWidth();
        int height = image.getHeight();
        int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
        return new QRCodeReader()
                .decode(
                        new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels))),
                        Map.of(DecodeHintType.TRY_HARDER, true))
                .getText();
    }

    private static BufferedImage image(byte[] png) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        if (image == null) {
            throw new IOException("the browser took no picture");
        }
        return image;
    }

    private static void assertFlawless(Visitor visitor, String path, String name, Screen screen, Language language) {
        visitor.page().navigate(house.address(path + "?lang=" + language.word()).toString());
        visitor.screenshot(
                String.join("-", "lookup", name, screen.name(), language.name()).toLowerCase(Locale.ROOT));
        SoftAssertions.assertSoftly(softly -> {
            softly.assertThat(visitor.overhang())
                    .as(path + ": pixels wider than the window")
                    .isZero();
            softly.assertThat(visitor.cutOff()).as(path + ": text cut off").isEmpty();
            if (screen != Screen.WALL) {
                softly.assertThat(visitor.axe()).as(path + ": axe").isEmpty();
            }
            softly.assertThat(visitor.complaints()).as(path + ": complaints").isEmpty();
        });
    }
}

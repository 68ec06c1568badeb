package io.tean.dashboards.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.core.health.HealthCheck.Health;
import io.tean.dashboards.route.Frame;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Language;
import io.tean.dashboards.screen.Screens;
import io.tean.dashboards.screen.Tongue;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StatusPageTest {
    private static final Pattern ENGLISH_ONLY = Pattern.compile("服务|数据库|死信|未确认|已登记");

    private final Screens screens = new Screens();

    @Test
    void wellService_saysSo_inChinese() {
        assertThat(html(Samples.well(), Language.ZH))
                .contains("lang=\"zh-CN\"")
                .contains("<h1>服务正常</h1>")
                .contains("412,077,812")
                .contains("电梯实时运行状态")
                .doesNotContain("数据库没有应答");
    }

    @Test
    void wellService_saysSo_inEnglish_withoutChineseLeftOvers() {
        assertThat(html(Samples.well(), Language.EN))
                .contains("<h1>The service is well</h1>")
                .contains("Elevator running status")
                .doesNotContainPattern(ENGLISH_ONLY);
    }

    @Test
    void databaseAway_isSaidFirst_withTheAgeOfTheFigures() {
        assertThat(html(Samples.away(), Language.EN))
                .containsSubsequence(
                        "The database does not answer",
                        "since 2026-03-01 11:58:45",
                        "as of 2026-03-01 11:58:43",
                        "The service is not well");
    }

    @Test
    void freshService_showsDashes_notNoughts() {
        String html = html(Samples.fresh(), Language.EN);
        assertThat(html).contains("<strong>–</strong><span>Messages received").contains("being measured");
        assertThat(html).doesNotContain("<dd>0</dd>").doesNotContain("<strong>0</strong>");
    }

    @Test
    void declaredStreamWithoutFigures_isListedWithADash() {
        assertThat(html(Samples.well(), Language.EN))
                .containsPattern(
                        "Maintenance visit<small lang=\"zh-CN\">电梯维保记录</small></th>\\s*<td class=\"number\">–");
    }

    @Test
    void readingsWithoutStatistics_areNotCountedAsNought() {
        assertThat(html(Samples.well(), Language.EN)).contains("not counted yet");
    }

    @Test
    void page_isOneLiveRegion_ofTheStatus() {
        assertThat(html(Samples.well(), Language.ZH))
                .containsSubsequence(
                        "<main",
                        "id=\"live-status\"",
                        "data-live=\"status\"",
                        "hx-get=\"/status\"",
                        "<footer>",
                        "</main>");
    }

    @Test
    void hostileDetail_isEscaped() {
        Health hostile = new Health("<b>part</b>", false, "<script>alert('x')</script> \"quoted\"");
        assertThat(html(Samples.withPart(hostile), Language.ZH))
                .doesNotContain("<script>alert")
                .doesNotContain("<b>part")
                .contains("&lt;script&gt;alert");
    }

    @Test
    void hostileReason_isEscaped() {
        assertThat(html(Samples.withDeadLetter("<img src=x onerror=alert(1)>"), Language.ZH))
                .doesNotContain("<img src=x")
                .contains("&lt;img src=x");
    }

    @Test
    void page_hasNoInlineScriptOrStyle_andNothingFromElsewhere() {
        assertThat(html(Samples.well(), Language.ZH))
                .doesNotContain("<style")
                .doesNotContain(" style=")
                .doesNotContain("onclick")
                .doesNotContain("http://")
                .doesNotContain("https://")
                .doesNotContainPattern("<script>|<script(?! src=\"/static/)");
    }

    private String html(Status status, Language language) {
        Frame frame = new Frame(new Tongue(language), "", Optional.empty(), Route.STATUS, "", "", Optional.empty());
        return StatusPage.html(screens, status, frame);
    }
}

package io.tean.dashboards.screen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrorPagesTest {
    private final ErrorPages pages = new ErrorPages(new Screens());

    @Test
    void missingPage_saysSoInBothLanguages() {
        assertThat(pages.page(404))
                .contains("没有这个页面")
                .contains("There is no such page")
                .contains("/status");
    }

    @Test
    void errorPage_doesNotRefreshItself() {
        assertThat(pages.page(500)).doesNotContain("refresh");
    }
}

package io.tean.dashboards.browser;

/** The screens that pages are made for, in CSS pixels. */
public enum Screen {
    PHONE(390, 844),
    DESK(1280, 800),
    WALL(2560, 1440);

    private final int width;
    private final int height;

    Screen(int width, int height) {
        this.width = width;
        this.height = height;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }
}

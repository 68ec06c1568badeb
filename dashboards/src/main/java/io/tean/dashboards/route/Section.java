package io.tean.dashboards.route;

import io.tean.dashboards.screen.Word;

/** A part of the navigation: pages that one job needs together. */
public enum Section {
    RESCUE(Word.SECTION_RESCUE),
    DUTIES(Word.SECTION_DUTIES),
    REGISTER(Word.SECTION_REGISTER),
    OPERATION(Word.SECTION_OPERATION),
    ACCESS(Word.SECTION_ACCESS);

    private final Word title;

    Section(Word title) {
        this.title = title;
    }

    public Word title() {
        return title;
    }
}

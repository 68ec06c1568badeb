package io.tean.dashboards.screen;

/**
 * What stands around the content of a page.
 *
 * @param title of the browser's tab, in the page's language
 * @param live whether the page keeps itself current
 */
public record Frame(Tongue tongue, String title, boolean live) {
    /** The other language, in its own words. */
    public String otherLanguage() {
        return other().say(Word.LANGUAGE_NAME);
    }

    public Tongue other() {
        return new Tongue(tongue.language().other());
    }

    public String style() {
        return Asset.STYLE.path();
    }

    public String script() {
        return Asset.SCRIPT.path();
    }

    public String icon() {
        return Asset.ICON.path();
    }
}

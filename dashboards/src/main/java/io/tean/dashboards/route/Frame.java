package io.tean.dashboards.route;

import io.tean.dashboards.access.Viewer;
import io.tean.dashboards.screen.Asset;
import io.tean.dashboards.screen.Tongue;
import io.tean.dashboards.screen.Word;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What stands around the content of a page.
 *
 * @param title of the browser's tab, in the page's language
 * @param csrf the word that forms on the page send back
 * @param otherLanguageAddress this page in the other language
 * @param done what has just been done, said once
 */
public record Frame(
        Tongue tongue,
        String title,
        Optional<Viewer> viewer,
        Route route,
        String csrf,
        String otherLanguageAddress,
        Optional<Word> done) {

    public static Frame of(Request request, String title) {
        return new Frame(
                request.tongue(),
                title + " · " + request.tongue().say(Word.TEAN),
                request.visitor(),
                request.route(),
                request.csrf(),
                request.with(Map.of("lang", request.language().other().word())),
                request.query("done").flatMap(Word::done));
    }

    public static Frame of(Request request, Word title) {
        return of(request, request.tongue().say(title));
    }

    /** Without the link to the other language: the answer to a change cannot be fetched again. */
    public Frame ofChange() {
        return new Frame(tongue, title, viewer, route, csrf, "", done);
    }

    public String say(Word word) {
        return tongue.say(word);
    }

    /** The other language, in its own words. */
    public String otherLanguage() {
        return other().say(Word.LANGUAGE_NAME);
    }

    public Tongue other() {
        return new Tongue(tongue.language().other());
    }

    /** The sections with their pages; nothing for who has not come in yet. */
    public Map<Section, List<Route>> navigation() {
        return viewer.filter(known -> !known.passwordDue())
                .map(Route::navigation)
                .orElse(Map.of());
    }

    /** Whether this page stands in the section, or belongs to one that does. */
    public boolean isIn(Section section) {
        return here().flatMap(Route::section).filter(section::equals).isPresent();
    }

    /** Whether a page of the navigation is this one, or the one that this one belongs to. */
    public boolean isAt(Route page) {
        return here().filter(page::equals).isPresent();
    }

    /** The pages beside this one, itself among them; empty when it belongs to no section. */
    public List<Route> besides() {
        return here().flatMap(Route::section)
                .map(section -> navigation().getOrDefault(section, List.of()))
                .orElse(List.of());
    }

    /** The page of the navigation that this one is or lies nearest under. */
    private Optional<Route> here() {
        return navigation().values().stream()
                .flatMap(List::stream)
                .filter(page -> route.path().equals(page.path()) || route.path().startsWith(page.path() + "/"))
                .max(Comparator.comparingInt(page -> page.path().length()));
    }

    public String style() {
        return Asset.STYLE.path();
    }

    public String icon() {
        return Asset.ICON.path();
    }

    public List<String> scripts() {
        return List.of(Asset.HTMX.path(), Asset.LIVE.path());
    }
}

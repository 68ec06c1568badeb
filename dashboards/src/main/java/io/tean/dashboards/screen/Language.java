package io.tean.dashboards.screen;

import io.tean.core.stream.Label;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** A language of the pages, remembered in a cookie. */
public enum Language {
    ZH("zh", "zh-CN", Locale.SIMPLIFIED_CHINESE),
    EN("en", "en", Locale.UK);

    private static final String COOKIE = "tean-lang";

    private final String word;
    private final String tag;
    private final Locale locale;

    Language(String word, String tag, Locale locale) {
        this.word = word;
        this.tag = tag;
        this.locale = locale;
    }

    /** The language of a request: what {@code ?lang=} asks for, which is remembered; else what was remembered; else Chinese. */
    public static Language of(RoutingContext context) {
        Optional<Language> asked = named(context.request().getParam("lang", ""));
        asked.ifPresent(language -> context.response()
                .addCookie(Cookie.cookie(COOKIE, language.word)
                        .setPath("/")
                        .setHttpOnly(true)
                        .setSameSite(CookieSameSite.LAX)
                        .setMaxAge(Duration.ofDays(365).toSeconds())));
        return asked.or(() -> Optional.ofNullable(context.request().getCookie(COOKIE))
                        .flatMap(cookie -> named(cookie.getValue())))
                .orElse(ZH);
    }

    private static Optional<Language> named(String word) {
        for (Language language : values()) {
            if (language.word.equals(word)) {
                return Optional.of(language);
            }
        }
        return Optional.empty();
    }

    /** As in {@code ?lang=}. */
    public String word() {
        return word;
    }

    /** As in HTML's {@code lang}. */
    public String tag() {
        return tag;
    }

    public Language other() {
        return this == ZH ? EN : ZH;
    }

    Locale locale() {
        return locale;
    }

    String of(Label label) {
        return this == ZH ? label.zh() : label.en();
    }
}

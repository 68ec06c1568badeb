package io.tean.dashboards.screen;

import io.tean.core.stream.Label;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** A language of the pages, remembered in a cookie. */
public enum Language {
    ZH("zh", "zh-CN", Locale.SIMPLIFIED_CHINESE),
    EN("en", "en", Locale.UK);

    /** Remembers the language that a person chose. */
    public static final String COOKIE = "tean-lang";

    public static final Duration REMEMBERED = Duration.ofDays(365);

    private final String word;
    private final String tag;
    private final Locale locale;

    Language(String word, String tag, Locale locale) {
        this.word = word;
        this.tag = tag;
        this.locale = locale;
    }

    /** The language of a word such as {@code zh}. */
    public static Optional<Language> named(String word) {
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

package io.tean.alerting.rule;

import org.jspecify.annotations.Nullable;

/** What an expression may ask for. */
@FunctionalInterface
public interface Values {
    /** A Boolean, Long, Double, String or list of String, as {@link Vocabulary} declares the name; null when it is not known. */
    @Nullable Object of(String name);
}

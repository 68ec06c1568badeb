package io.tean.core.stream;

import org.jspecify.annotations.Nullable;

/** The meaning of one code of a code table. */
public record CodeLabel(
        String zh,
        String en,
        @Nullable String group,
        @Nullable String source,
        @Nullable Mark mark) {}

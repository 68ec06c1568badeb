package io.tean.core.stream;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The kinds of value that a field can hold, each with its column type in PostgreSQL. */
public enum FieldType {
    @JsonProperty("bool")
    BOOL("boolean"),
    @JsonProperty("int")
    INT("bigint"),
    @JsonProperty("real")
    REAL("double precision"),
    @JsonProperty("text")
    TEXT("text"),
    /** One of a few declared words, stored as the word. */
    @JsonProperty("enum")
    ENUM("text"),
    /** A list of short texts, such as the workers of a visit. */
    @JsonProperty("list")
    LIST("text[]");

    private final String columnType;

    FieldType(String columnType) {
        this.columnType = columnType;
    }

    public String columnType() {
        return columnType;
    }

    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}

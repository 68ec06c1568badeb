package io.tean.core.stream;

/** A column of a stream's hypertable, its type as PostgreSQL's {@code format_type} writes it. */
public record Column(String name, String type, boolean notNull) {}

package io.tean.dashboards.rescue;

import io.tean.dashboards.route.Request;

/** What stood in the form of a step that was not taken: nobody types it twice. */
public record Typed(Request request) {
    public String of(String move, String field, String otherwise) {
        return isOf(move) ? request.field(field) : otherwise;
    }

    public boolean isOf(String move) {
        return request.field("move").equals(move);
    }
}

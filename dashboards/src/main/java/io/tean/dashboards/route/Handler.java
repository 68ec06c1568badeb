package io.tean.dashboards.route;

/** Answers the requests of one route, on a virtual thread of its own: it may wait for the database. */
public interface Handler {
    /** @throws Refusal when it will not; every other exception is a bug or an outage */
    Answer answer(Request request);
}

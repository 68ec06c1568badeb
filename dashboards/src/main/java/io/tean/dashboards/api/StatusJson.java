package io.tean.dashboards.api;

import io.tean.core.health.HealthCheck.Health;
import io.tean.core.store.ServerFacts;
import io.tean.dashboards.status.Figure;
import io.tean.dashboards.status.IngestFigures;
import io.tean.dashboards.status.Rates;
import io.tean.dashboards.status.Status;
import io.tean.dashboards.status.StoredFigures;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A status as the API says it: what is not known is null, never a nought. */
final class StatusJson {
    private StatusJson() {}

    static Map<String, @Nullable Object> of(Status status) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("well", status.well());
        json.put("at", status.now().toString());
        json.put("running", running(status.running()));
        json.put("database_away_since", text(status.store().awaySince()));
        json.put("database_read_at", text(status.stored().map(StoredFigures::readAt)));
        json.put(
                "parts", status.checkup().parts().stream().map(StatusJson::part).toList());
        json.put("rates", status.rates().map(rates -> rates(rates, status)).orElse(null));
        json.put("present", figures(Figure.PRESENT, status.ingest()));
        json.put("counts", figures(Figure.COUNTED, status.ingest()));
        json.put("refused", status.refused().stream().map(StatusJson::refused).toList());
        json.put(
                "dead_letters",
                status.deadLetters().stream().map(StatusJson::deadLetters).toList());
        json.put("streams", status.streams().stream().map(StatusJson::stream).toList());
        json.put(
                "equipment",
                status.equipment().stream().map(StatusJson::equipment).toList());
        json.put("devices", devices(status));
        json.put("alerts", status.alerts().stream().map(StatusJson::alerts).toList());
        return json;
    }

    private static Map<String, @Nullable Object> running(Status.Running running) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("since", running.since().toString());
        json.put("version", running.version());
        json.put("database", running.server().map(StatusJson::server).orElse(null));
        return json;
    }

    private static Map<String, Object> server(ServerFacts server) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("postgres", server.postgres());
        json.put("timescale", server.timescale());
        json.put("edition", server.edition().name().toLowerCase(Locale.ROOT));
        return json;
    }

    private static Map<String, Object> part(Health part) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("part", part.part());
        json.put("well", part.well());
        json.put("detail", part.detail());
        return json;
    }

    private static Map<String, Object> rates(Rates rates, Status status) {
        Map<String, @Nullable Object> perSecond = new LinkedHashMap<>();
        Figure.RATED.forEach(figure -> perSecond.put(word(figure), number(status.rate(figure))));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("over_seconds", rates.over().toMillis() / 1000.0);
        json.put("per_second", perSecond);
        return json;
    }

    private static Map<String, @Nullable Object> figures(List<Figure> which, IngestFigures figures) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        which.forEach(figure -> json.put(word(figure), number(figures.value(figure))));
        return json;
    }

    /** With its unit, where the name does not tell it. */
    private static String word(Figure figure) {
        String word = figure.name().toLowerCase(Locale.ROOT);
        return figure.unit() == Figure.Unit.SECONDS ? word + "_seconds" : word;
    }

    private static Map<String, Object> refused(Map.Entry<String, Double> reason) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("reason", reason.getKey());
        json.put("counted", reason.getValue());
        return json;
    }

    private static Map<String, @Nullable Object> deadLetters(Status.DeadLetters letters) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("reason", letters.reason());
        json.put("counted", number(letters.counted()));
        json.put("kept", number(letters.kept()));
        return json;
    }

    private static Map<String, @Nullable Object> stream(Status.StreamRow stream) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("stream", stream.name());
        json.put("title", stream.title().en());
        json.put("title_zh", stream.title().zh());
        json.put(
                "rows_about",
                number(stream.figures().map(StoredFigures.StreamFigures::rows).orElse(OptionalLong.empty())));
        json.put("newest", text(stream.figures().flatMap(StoredFigures.StreamFigures::newest)));
        return json;
    }

    private static Map<String, Object> equipment(Map.Entry<String, Long> category) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("category", category.getKey());
        json.put("number", category.getValue());
        return json;
    }

    private static Map<String, @Nullable Object> devices(Status status) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("enabled", number(status.devicesEnabled()));
        json.put("disabled", number(status.devicesDisabled()));
        return json;
    }

    private static Map<String, @Nullable Object> alerts(Status.AlertRow row) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("severity", row.name());
        json.put("not_closed", number(row.all()));
        json.put("acknowledged", number(row.acknowledged()));
        return json;
    }

    private static @Nullable String text(Optional<Instant> time) {
        return time.map(Instant::toString).orElse(null);
    }

    private static @Nullable Number number(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }

    private static @Nullable Number number(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}

package io.tean.dashboards.grafana;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Grafana's macros for PostgreSQL with TimescaleDB, expanded as its data source does (pkg/tsdb/grafana-postgresql-datasource). */
record Macros(Instant from, Instant to, String interval) {
    private static final Pattern MACRO = Pattern.compile("\\$([_a-zA-Z0-9]+)\\(([^)]*)\\)");

    String expand(String sql) {
        String ready = sql.replace("$__searchFilter", "%").replace("$__interval", interval);
        String expanded =
                MACRO.matcher(ready).replaceAll(found -> Matcher.quoteReplacement(one(found.group(1), found.group(2))));
        if (expanded.contains("$__")) {
            throw new IllegalArgumentException("a macro that is not known in: " + expanded);
        }
        return expanded;
    }

    private String one(String name, String arguments) {
        String[] given = arguments.split(",", -1);
        return switch (name) {
            case "__timeFilter" -> "%s BETWEEN '%s' AND '%s'".formatted(given[0].strip(), from, to);
            case "__timeFrom" -> "'" + from + "'";
            case "__timeTo" -> "'" + to + "'";
            case "__timeGroup" -> "time_bucket('%s',%s)".formatted(seconds(given[1].strip()), given[0].strip());
            case "__timeGroupAlias" -> one("__timeGroup", arguments) + " AS \"time\"";
            case "__unixEpochFilter" ->
                "%1$s >= %2$d AND %1$s <= %3$d".formatted(given[0].strip(), from.getEpochSecond(), to.getEpochSecond());
            default -> throw new IllegalArgumentException("macro $" + name + " is not one of PostgreSQL's");
        };
    }

    private static String seconds(String interval) {
        String bare = interval.replace("'", "");
        long count = Long.parseLong(bare.substring(0, bare.length() - 1));
        return switch (bare.charAt(bare.length() - 1)) {
            case 's' -> count + ".000s";
            case 'm' -> count * 60 + ".000s";
            case 'h' -> count * 3_600 + ".000s";
            case 'd' -> count * 86_400 + ".000s";
            default -> throw new IllegalArgumentException("interval " + interval);
        };
    }
}

package io.tean.dashboards.figures;

import io.tean.dashboards.list.Day;
import io.tean.dashboards.list.Period;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The days that figures are about, of China and both inclusive.
 *
 * @param month when they are all days of it
 */
public record Span(LocalDate from, LocalDate to, Optional<YearMonth> month) {
    private static final Pattern MONTH = Pattern.compile("20\\d\\d-(0[1-9]|1[0-2])");

    public static Span of(YearMonth month) {
        return new Span(month.atDay(1), month.atEndOfMonth(), Optional.of(month));
    }

    /** From and to that are a whole month are that month. */
    static Span of(LocalDate from, LocalDate to) {
        YearMonth month = YearMonth.from(from);
        return from.equals(month.atDay(1)) && to.equals(month.atEndOfMonth())
                ? of(month)
                : new Span(from, to, Optional.empty());
    }

    /**
     * By {@code month}, or by {@code from} and {@code to}; of nobody's asking the month of today.
     *
     * @throws Refusal when a value cannot be read, or the first day lies after the last
     */
    static Span of(Request request, LocalDate today) {
        Optional<LocalDate> from = day(request, CaseList.FROM);
        Optional<LocalDate> to = day(request, CaseList.TO);
        if (from.isEmpty() && to.isEmpty()) {
            return of(month(request, YearMonth.from(today)));
        }
        LocalDate last = to.orElse(today);
        LocalDate first = from.orElseGet(() -> last.withDayOfMonth(1));
        if (first.isAfter(last)) {
            throw Refusal.badParameter(CaseList.FROM, "'" + first + "' is after the last day, " + last);
        }
        return of(first, last);
    }

    /**
     * The query's {@code month}.
     *
     * @throws Refusal when it cannot be read
     */
    public static YearMonth month(Request request, YearMonth standard) {
        return request.query("month")
                .map(text -> month(text)
                        .orElseThrow(() -> Refusal.badParameter("month", "it is not a month such as 2026-03")))
                .orElse(standard);
    }

    /** Empty when it is no month of this century, such as 2026-03. */
    static Optional<YearMonth> month(String text) {
        return MONTH.matcher(text).matches() ? Optional.of(YearMonth.parse(text)) : Optional.empty();
    }

    private static Optional<LocalDate> day(Request request, String name) {
        return request.query(name)
                .map(text -> Period.read(text)
                        .orElseThrow(() -> Refusal.badParameter(name, "it is not a day such as 2026-03-01")));
    }

    /** The month before, or as many days before. */
    public Span before() {
        return month.map(each -> of(each.minusMonths(1))).orElseGet(() -> {
            long days = ChronoUnit.DAYS.between(from, to) + 1;
            return new Span(from.minusDays(days), from.minusDays(1), Optional.empty());
        });
    }

    public boolean isOverOn(LocalDate today) {
        return to.isBefore(today);
    }

    /** The day as of which machines are counted: the last one, or today while it is still to come. */
    public LocalDate countedOn(LocalDate today) {
        return to.isAfter(today) ? today : to;
    }

    /** The moments to bind: {@code :from} and, exclusive, {@code :until}. */
    public Map<String, Object> bindings() {
        return Map.of("from", Day.start(from), "until", Day.start(to.plusDays(1)));
    }

    /** Such as 2026-03, or the two days. */
    public String text() {
        return month.map(YearMonth::toString).orElseGet(() -> from + " – " + to);
    }
}

package io.tean.dashboards.notice;

import io.tean.dashboards.list.Choice;
import io.tean.dashboards.list.Day;
import io.tean.dashboards.list.Search;
import io.tean.dashboards.list.Where;
import io.tean.dashboards.notice.Delivery.State;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Which deliveries are asked for.
 *
 * @param occasion such as OPENED, or {@link Delivery#DIGEST}
 * @param from first day, of China; the last seven without one, but for those that wait or died: they are few, and none may be missed
 * @param to last day, of China
 */
public record DeliveryFilter(
        Search search,
        Optional<State> state,
        Optional<String> channel,
        Optional<String> occasion,
        Optional<LocalDate> from,
        Optional<LocalDate> to) {
    /** In the order of the list to choose from. */
    public static final List<String> OCCASIONS = List.of(
            "OPENED",
            "REACTIVATED",
            "CLEARED",
            "CLOSED",
            "STAYED",
            "UNANSWERED",
            "CALLED",
            "STOOD_DOWN",
            "ARRIVAL_WARNING",
            "ARRIVAL_MISSED",
            "ACCIDENT_WARNING",
            "ACCIDENT",
            "NOBODY_LEFT",
            Delivery.DIGEST,
            "TEST");

    private static final int STANDARD_DAYS = 7;

    /** @throws Refusal when a value cannot be used */
    static DeliveryFilter of(Request request, InstantSource clock) {
        Optional<State> state = Choice.of(request, "state", State.WORDS).map(State::of);
        Optional<LocalDate> from = Day.asked(request, "from");
        Optional<LocalDate> to = Day.asked(request, "to");
        if (from.isPresent() && to.isPresent() && to.get().isBefore(from.get())) {
            throw Refusal.badParameter("to", "'" + to.get() + "' is before the first day, " + from.get());
        }
        boolean few = state.filter(asked -> asked == State.QUEUED || asked == State.DEAD)
                .isPresent();
        LocalDate standard = to.orElseGet(() -> Day.today(clock)).minusDays(STANDARD_DAYS - 1L);
        return new DeliveryFilter(
                Search.of(request),
                state,
                Search.text(request, "channel"),
                Choice.of(request, "occasion", OCCASIONS),
                from.isEmpty() && !few ? Optional.of(standard) : from,
                to);
    }

    /** Whether nobody has asked for anything but days. */
    public boolean isStandard() {
        return search.isBlank() && state.isEmpty() && channel.isEmpty() && occasion.isEmpty();
    }

    /** Adds what {@code delivery d LEFT JOIN notice n} is held to. */
    void narrow(Where where) {
        state.ifPresent(asked -> where.and("d.state = :state", "state", asked.word()));
        channel.ifPresent(name -> where.and(DeliveryQuery.CHANNEL + " = :channel", "channel", name));
        occasion.ifPresent(word -> {
            if (word.equals(Delivery.DIGEST)) {
                where.and("d.notice_id IS NULL");
            } else {
                where.and("n.occasion = :occasion", "occasion", word);
            }
        });
        from.ifPresent(day -> where.and("d.queued_at >= :from", "from", Day.start(day)));
        to.ifPresent(day -> where.and("d.queued_at < :until", "until", Day.start(day.plusDays(1))));
        if (!search.isBlank()) {
            where.and("""
                    d.recipient_name ILIKE :q
                    OR d.recipient_id IN (SELECT s.recipient_id FROM recipient s JOIN organisation o ON o.organisation_id = s.organisation_id
                                          WHERE o.name ILIKE :q OR o.credit_code ILIKE :q)
                    """, "q", search.pattern());
        }
    }
}

package io.tean.dashboards.notice;

import io.tean.core.notice.NoticeDecisions.Duty;
import io.tean.dashboards.list.Choice;
import io.tean.dashboards.list.Search;
import io.tean.dashboards.list.Where;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which recipients are asked for.
 *
 * @param state one of {@link #STATES}
 */
public record RecipientFilter(Search search, Optional<String> duty, String state) {
    public static final List<String> STATES = List.of("active", "retired", "all");
    public static final List<String> DUTIES =
            Arrays.stream(Duty.values()).map(Duty::name).toList();

    /** @throws Refusal when a value cannot be used */
    static RecipientFilter of(Request request) {
        return new RecipientFilter(
                Search.of(request),
                Choice.of(request, "duty", DUTIES),
                Choice.of(request, "state", STATES).orElse("active"));
    }

    /** Whether nobody has asked for anything in particular. */
    public boolean isStandard() {
        return search.isBlank() && duty.isEmpty() && state.equals("active");
    }

    /** Adds what {@code recipient p} is held to. */
    void narrow(Where where) {
        duty.ifPresent(word -> where.and("p.duty = :duty", "duty", word));
        if (!state.equals("all")) {
            where.and("p.active = :active", "active", state.equals("active"));
        }
        if (!search.isBlank()) {
            where.and("""
                    p.name ILIKE :q
                    OR p.organisation_id IN (SELECT organisation_id FROM organisation WHERE name ILIKE :q OR credit_code ILIKE :q)
                    """, "q", search.pattern());
        }
    }
}

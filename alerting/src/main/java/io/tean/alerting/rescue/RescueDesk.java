package io.tean.alerting.rescue;

import io.micrometer.core.instrument.MeterRegistry;
import io.tean.alerting.alert.AlertCounts;
import io.tean.alerting.rule.RuleCatalogue;
import io.tean.core.alert.Severity;
import io.tean.core.audit.Actor;
import io.tean.core.rescue.CaseLifecycle.Attempt;
import io.tean.core.rescue.CaseStep;
import io.tean.core.rescue.RescueDecisions;
import io.tean.core.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/** Where people lead cases. Whoever holds the case's row decides; the next one sees what was decided. */
public final class RescueDesk implements RescueDecisions {
    /** Somebody else may hold what this one wants and want what this one holds: the database ends one of the two. */
    private static final String DEADLOCK = "40P01";

    private static final int TRIES = 3;

    private final DataSource database;
    private final RuleCatalogue rules;
    private final Limits limits;
    private final Links links;
    private final AlertCounts alerts;
    private final RescueCounts counts;

    public RescueDesk(
            DataSource database,
            RuleCatalogue rules,
            Limits limits,
            Links links,
            AlertCounts alerts,
            MeterRegistry meters) {
        this.database = database;
        this.rules = rules;
        this.limits = limits;
        this.links = links;
        this.alerts = alerts;
        this.counts = new RescueCounts(meters);
    }

    @FunctionalInterface
    private interface Work<T> {
        T run(Connection transaction) throws SQLException;
    }

    /** @param commit whether something was decided */
    private record Result<T>(T value, boolean commit) {}

    @Override
    public Taken takeIn(Call call, Actor operator) {
        Said.check(call);
        return write("take in a call", transaction -> {
            Instant now = CaseRows.now(transaction);
            Instant occurred = call.occurredAt().orElse(now);
            if (occurred.isAfter(now)) {
                throw new IllegalArgumentException(
                        "the time " + occurred + " is still to come: leave it empty for now");
            }
            // Whoever releases the live one in between makes room for a new one.
            while (true) {
                Optional<Long> opened = Intake.open(transaction, call, occurred, operator);
                OptionalLong live = opened.isPresent()
                        ? OptionalLong.of(opened.get())
                        : call.equipmentId().isPresent() ? Intake.live(transaction, call) : OptionalLong.empty();
                if (live.isPresent()) {
                    Optional<CaseTurn> turn = CaseTurn.hold(transaction, live.getAsLong(), limits);
                    if (turn.isPresent() && turn.get().state().live()) {
                        Intake.enter(turn.get(), call, occurred, opened.isEmpty(), operator);
                        turn.get().runClocks();
                        turn.get().end();
                        counts.took(turn.get().steps());
                        return new Result<>(new Taken(live.getAsLong(), opened.isEmpty()), true);
                    }
                }
            }
        });
    }

    @Override
    public Outcome decide(long caseId, Move move, OptionalInt seen, Actor actor) {
        Said.check(move);
        return write("decide on rescue case " + caseId, transaction -> decide(transaction, caseId, move, seen, actor));
    }

    private Result<Outcome> decide(Connection transaction, long caseId, Move move, OptionalInt seen, Actor actor)
            throws SQLException {
        Optional<CaseTurn> held = CaseTurn.hold(transaction, caseId, limits);
        if (held.isEmpty()) {
            return new Result<>(new Gone(), false);
        }
        CaseTurn turn = held.get();
        Optional<Reason> refused = make(transaction, turn, move, seen, actor);
        if (refused.isPresent()) {
            return new Result<>(new NotAllowed(refused.get(), turn.row().state()), false);
        }
        turn.end();
        List<Severity> closed = move instanceof Close close
                ? Ending.endAlarms(transaction, rules, turn.row(), close, actor)
                : List.of();
        transaction.commit();
        counts.took(turn.steps());
        closed.forEach(severity -> alerts.closed(severity, 1));
        return new Result<>(new Done(turn.state(), turn.version()), true);
    }

    /** Why not. */
    private static Optional<Reason> make(
            Connection transaction, CaseTurn turn, Move move, OptionalInt seen, Actor actor) throws SQLException {
        UnaryOperator<io.tean.alerting.rescue.Call> same = UnaryOperator.identity();
        return switch (move) {
            case Send send -> {
                Optional<Dispatching.Unit> unit = send.organisationId().isEmpty()
                        ? Optional.of(Dispatching.fireBrigade(turn.limit()))
                        : Dispatching.byHand(
                                transaction, turn.asked(), send.organisationId().getAsInt());
                yield unit.isEmpty()
                        ? Optional.of(Reason.UNKNOWN_UNIT)
                        : turn.call(CaseStep.DISPATCH, seen, unit.get(), send.reason(), actor);
            }
            case TakeOver over -> {
                Optional<Dispatching.Unit> unit = Dispatching.byHand(transaction, turn.asked(), over.organisationId());
                yield unit.isEmpty()
                        ? Optional.of(Reason.UNKNOWN_UNIT)
                        : turn.call(CaseStep.TAKE_OVER, seen, unit.get(), over.reason(), actor);
            }
            case Answer answer -> turn.take(of(CaseStep.ANSWER, answer.dispatchId(), seen), actor, Map.of(), same);
            case Refuse refuse ->
                turn.take(
                        of(CaseStep.REFUSE, refuse.dispatchId(), seen),
                        actor,
                        Map.of("reason", refuse.reason()),
                        call -> call.because(refuse.reason()));
            case Depart depart -> depart(turn, depart, seen, actor);
            case Arrive arrive -> arrive(turn, arrive, seen, actor);
            case StandDown down ->
                turn.take(
                        of(CaseStep.STAND_DOWN, down.dispatchId(), seen),
                        actor,
                        Map.of("reason", down.reason()),
                        call -> call.because(down.reason()));
            case Release release -> Ending.release(turn, release, seen, actor);
            case SelfRelease self -> Ending.end(turn, CaseStep.SELF_RELEASE, "SELF_RELEASED", self.note(), seen, actor);
            case FalseAlarm none -> Ending.end(turn, CaseStep.FALSE_ALARM, "FALSE_ALARM", none.note(), seen, actor);
            case Rate rate -> Ending.rate(turn, rate, seen, actor);
            case Close close -> Ending.close(turn, close, seen, actor);
            case HandOver over -> {
                turn.put("duty_operator", over.operator());
                yield turn.take(
                        Attempt.of(CaseStep.HAND_OVER).seeing(seen), actor, Map.of("to", over.operator()), same);
            }
            case Amend amend -> {
                Intake.put(turn, amend.details());
                yield turn.take(Attempt.of(CaseStep.AMEND).seeing(seen), actor, Intake.detail(amend.details()), same);
            }
            case Note note ->
                turn.take(Attempt.of(CaseStep.NOTE).seeing(seen), actor, Map.of("text", note.text()), same);
        };
    }

    private static Attempt of(CaseStep step, long dispatchId, OptionalInt seen) {
        return Attempt.ofUnit(step, dispatchId).seeing(seen);
    }

    private static Optional<Reason> depart(CaseTurn turn, Depart depart, OptionalInt seen, Actor actor)
            throws SQLException {
        Said.checkForecast(depart.forecast(), turn.now());
        Map<String, Object> detail = new TreeMap<>();
        depart.forecast().ifPresent(at -> detail.put("forecast", at.toString()));
        Optional<Reason> refused = turn.take(
                of(CaseStep.DEPART, depart.dispatchId(), seen),
                actor,
                detail,
                call -> depart.forecast().map(call::withForecast).orElse(call));
        if (refused.isEmpty() && depart.forecast().isPresent()) {
            turn.put("forecast_at", depart.forecast().get());
            if (turn.isTooLate(depart.forecast().get())) {
                return turn.take(
                        Attempt.ofUnit(CaseStep.LATE, depart.dispatchId()),
                        CaseTurn.CLOCK,
                        detail,
                        call -> call.late(turn.now()));
            }
        }
        return refused;
    }

    private static Optional<Reason> arrive(CaseTurn turn, Arrive arrive, OptionalInt seen, Actor actor)
            throws SQLException {
        Attempt attempt = of(CaseStep.ARRIVE, arrive.dispatchId(), seen);
        Optional<Reason> refused = turn.refusal(attempt);
        if (refused.isPresent()) {
            return refused;
        }
        turn.markOverdue(false);
        Map<String, Object> detail = new TreeMap<>();
        arrive.position().ifPresent(at -> {
            detail.put("latitude", at.latitude());
            detail.put("longitude", at.longitude());
        });
        return turn.take(
                attempt, actor, detail, call -> arrive.position().map(call::at).orElse(call));
    }

    /** A call as its link needs it. */
    private record Linking(long caseId, String unit, UUID nonce, Instant now) {}

    @Override
    public Optional<Linked> read(String link) {
        return Links.name(link)
                .flatMap(named -> ours(named).map(call -> new Linked(call.caseId, named.dispatchId(), call.unit)));
    }

    @Override
    public Outcome decide(String link, Move move, String source) {
        Optional<Links.Named> named = Links.name(link);
        Optional<Linking> call = named.flatMap(this::ours);
        if (named.isEmpty() || call.isEmpty()) {
            return new Gone();
        }
        Linking linking = call.get();
        if (!linking.now.isBefore(named.get().until())) {
            return refuse(linking.caseId, Reason.LINK_EXPIRED);
        }
        OptionalLong unit = switch (move) {
            case Answer answer -> OptionalLong.of(answer.dispatchId());
            case Refuse refuse -> OptionalLong.of(refuse.dispatchId());
            case Depart depart -> OptionalLong.of(depart.dispatchId());
            case Arrive arrive -> OptionalLong.of(arrive.dispatchId());
            case Release release -> release.dispatchId();
            case Send _,
                    TakeOver _,
                    StandDown _,
                    SelfRelease _,
                    FalseAlarm _,
                    Rate _,
                    Close _,
                    HandOver _,
                    Amend _,
                    Note _ -> OptionalLong.empty();
        };
        // A link leads to one call, and to nothing else.
        if (unit.isEmpty() || unit.getAsLong() != named.get().dispatchId()) {
            return refuse(linking.caseId, Reason.UNKNOWN_UNIT);
        }
        return decide(linking.caseId, move, OptionalInt.empty(), Actor.link(linking.unit, source));
    }

    private Outcome refuse(long caseId, Reason reason) {
        return write("read rescue case " + caseId, transaction -> {
            Optional<CaseRow> row = CaseRows.read(transaction, caseId);
            Outcome outcome =
                    row.<Outcome>map(one -> new NotAllowed(reason, one.state())).orElse(new Gone());
            return new Result<>(outcome, false);
        });
    }

    private Optional<Linking> ours(Links.Named link) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "SELECT case_id, unit, nonce, tean_now() FROM rescue_dispatch WHERE dispatch_id = ?")) {
            select.setLong(1, link.dispatchId());
            try (ResultSet row = select.executeQuery()) {
                if (row.next()) {
                    Linking call = new Linking(
                            row.getLong(1),
                            row.getString(2),
                            row.getObject(3, UUID.class),
                            CaseRows.time(row, 4).orElseThrow());
                    return links.isOurs(link, call.nonce) ? Optional.of(call) : Optional.empty();
                }
                return Optional.empty();
            }
        } catch (SQLException e) {
            throw new StoreException("cannot read a rescuer's link: " + e.getMessage(), e);
        }
    }

    @Override
    public List<Candidate> candidates(long caseId) {
        return write("find units for rescue case " + caseId, transaction -> {
            Optional<CaseRow> row = CaseRows.read(transaction, caseId);
            if (row.isEmpty()) {
                return new Result<>(List.of(), false);
            }
            Instant now = CaseRows.now(transaction);
            CaseRow one = row.get();
            return new Result<>(
                    Dispatching.candidates(
                            transaction,
                            new Dispatching.Asked(
                                    one.equipmentId(),
                                    one.division(),
                                    now,
                                    limits.of(one.division(), LocalDate.ofInstant(now, Dispatching.CHINA)),
                                    CaseRows.calls(transaction, caseId))),
                    false);
        });
    }

    private <T> T write(String what, Work<Result<T>> work) {
        for (int no = 1; ; no++) {
            try (Connection connection = database.getConnection()) {
                try {
                    CaseRows.begin(connection);
                    Result<T> result = work.run(connection);
                    if (result.commit) {
                        connection.commit();
                    } else {
                        connection.rollback();
                    }
                    return result.value;
                } catch (SQLException | RuntimeException e) {
                    connection.rollback();
                    throw e;
                }
            } catch (SQLException e) {
                if (!DEADLOCK.equals(e.getSQLState()) || no == TRIES) {
                    throw new StoreException("cannot " + what + ": " + e.getMessage(), e);
                }
            }
        }
    }
}

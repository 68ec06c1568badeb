package io.tean.simulators.city;

import io.tean.simulators.city.Calendar.Course;
import io.tean.simulators.city.Inspections.Subject;
import io.tean.simulators.city.LiftDates.Year;
import io.tean.simulators.city.Visit.Level;
import io.tean.simulators.signal.Dice;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes all that the register should know of the elevators, and tells the truth about their gaps. */
final class LiftFiles {
    private static final int CONTRACT_YEARS = 3;
    private static final List<String> INSURERS = List.of("沂蒙财产保险", "齐鲁财产保险", "东海财产保险");
    private static final List<String> OTHER_PLACES =
            List.of("OFFICE", "OFFICE", "SHOP", "SHOP", "HOTEL", "HOSPITAL", "SCHOOL", "FACTORY", "OTHER");

    private final CityPlan plan;
    private final CityFiles files;
    private final Inspections inspections;

    LiftFiles(CityPlan plan, CityFiles files, Inspections inspections) {
        this.plan = plan;
        this.files = files;
        this.inspections = inspections;
    }

    void write(List<Lift> lifts, List<Crew> crews) {
        long firms = crews.stream().map(Crew::firm).distinct().count();
        Fates fates = new Fates(Dice.of(plan.seed(), "lift fates"), lifts.size(), true, (fate, i) -> {
            Lift lift = lifts.get(i);
            if (fate.isInspectionOverdue()) {
                return LiftDates.missable(lift.supervisedOn(), plan.day()).isPresent();
            }
            return switch (fate) {
                case WORKER_TWICE ->
                    i + 1 < lifts.size() && lifts.get(i + 1).crew().equals(lift.crew());
                case NO_CONTRACT -> firms > 1;
                default -> Calendar.allows(fate, lift, plan.day());
            };
        });
        // Those that few machines can have come first.
        fates.draw(EnumSet.range(Fate.INSPECTION_NEVER_SUBMITTED, Fate.INSPECTION_AGREED));
        fates.draw(EnumSet.of(Fate.DUE_SOON, Fate.NEWEST_SUSPECT, Fate.WORKER_TWICE));
        fates.draw(EnumSet.complementOf(EnumSet.of(
                Fate.INSPECTION_NEVER_SUBMITTED,
                Fate.INSPECTION_LATE,
                Fate.INSPECTION_AGREED,
                Fate.DUE_SOON,
                Fate.NEWEST_SUSPECT,
                Fate.WORKER_TWICE)));
        var visits = new Visits(plan.seed(), crews, files.visits(), files.truth());
        for (int i = 0; i < lifts.size(); i++) {
            Lift lift = lifts.get(i);
            Fate fate = fates.of(i);
            Lift other = switch (fate) {
                case WORKER_TWICE -> lifts.get(i + 1);
                case WORKER_TWICE_TOO -> lifts.get(i - 1);
                default -> lift;
            };
            register(lift, fate);
            contracts(lift);
            Course course = Calendar.of(
                    lift,
                    fate,
                    fate == Fate.WORKER_TWICE_TOO ? other : lift,
                    plan.day(),
                    lift.dice(plan.seed(), "calendar"));
            states(lift, fate, course);
            visits.write(lift, course.visits(), other, fate == Fate.ON_DEMAND);
            maintenance(lift, fate, course.visits());
            inspections(lift, fate, course);
        }
    }

    private void register(Lift lift, Fate fate) {
        Dice dice = lift.dice(plan.seed(), "plate");
        Map<String, Object> cells = new LinkedHashMap<>();
        cells.put("code", lift.code());
        cells.put("category", "elevator");
        cells.put("name", lift.plate().name());
        cells.put("type_code", lift.typeCode());
        cells.put("catalogue", lift.catalogue());
        cells.put("rescue_code", lift.plate().rescueCode());
        cells.put("division_code", lift.plate().division());
        cells.put("site_address", lift.plate().address());
        cells.put("latitude", lift.latitude());
        cells.put("longitude", lift.longitude());
        cells.put("crowded_place", lift.isEscalator() || dice.chance(0.1));
        cells.put("place_kind", placeKind(lift));
        cells.put("use_unit", lift.useUnit());
        cells.put("inspection_body", lift.body());
        cells.put("factory_no", "L%08d".formatted(dice.whole(1, 99_999_999)));
        if (fate == Fate.NO_DATE) {
            files.truth().tell("no-date", "equipment_code", lift.code());
        } else {
            cells.put("made_on", lift.supervisedOn().minusDays(dice.whole(40, 59)));
            cells.put("supervised_on", lift.supervisedOn());
            cells.put("in_use_since", inUseSince(lift));
            cells.put(
                    "use_registration_no",
                    "梯11鲁Q%05d(%02d)"
                            .formatted(
                                    dice.whole(1, 99_999), lift.supervisedOn().getYear() % 100));
        }
        if (lift.isEscalator()) {
            cells.put("rated_speed_mps", 0.5);
        } else {
            cells.put("rated_load_kg", dice.pick(List.of(630, 800, 1000, 1250, 1600)));
            cells.put("rated_speed_mps", dice.pick(List.of(1.0, 1.5, 1.75, 2.0, 2.5)));
            cells.put("floors", dice.whole(4, 33));
        }
        insure(lift, cells);
        files.equipment().row(cells);
    }

    /** Most are insured, some were, some never. */
    private void insure(Lift lift, Map<String, Object> cells) {
        Dice dice = Dice.of(plan.seed(), "insurance " + lift.code());
        if (dice.chance(0.8)) {
            cells.put("insurer", dice.pick(INSURERS));
            cells.put("policy_no", "PZDT%09d".formatted(dice.whole(1, 999_999_999)));
            cells.put("insured_until", plan.day().plusDays(dice.whole(-60, 300)));
        }
    }

    /** Of an address one kind, in about the shares that rescue bulletins name: three of four are homes. */
    private String placeKind(Lift lift) {
        Dice dice = Dice.of(plan.seed(), "place kind " + lift.plate().address());
        if (lift.isEscalator()) {
            return dice.chance(0.7) ? "SHOP" : "TRANSPORT";
        }
        return dice.chance(0.74) ? "RESIDENTIAL" : dice.pick(OTHER_PLACES);
    }

    private static LocalDate inUseSince(Lift lift) {
        return lift.supervisedOn().plusDays(15);
    }

    /** The one before and the present one, with the same firm; machines of a use unit stand in the same contract. */
    private void contracts(Lift lift) {
        String parties = lift.crew().firm() + " " + lift.useUnit();
        Dice dice = Dice.of(plan.seed(), "contract " + parties);
        LocalDate from = plan.day().minusDays(dice.whole(20, 340));
        String number = "HT-%08x".formatted((int) Dice.seed(plan.seed(), parties));
        contract(lift, number, from.minusYears(CONTRACT_YEARS), from);
        contract(lift, number, from, from.plusYears(1));
    }

    private void contract(Lift lift, String number, LocalDate from, LocalDate until) {
        files.contracts()
                .row(
                        number + "-" + from.getYear(),
                        lift.code(),
                        lift.crew().firm(),
                        lift.useUnit(),
                        from,
                        until.minusDays(1));
    }

    private void states(Lift lift, Fate fate, Course course) {
        if (course.change().isEmpty()) {
            return;
        }
        LocalDate since = LocalDate.ofEpochDay(course.change().getFirst());
        files.state(lift.code(), inUseSince(lift), fate, since);
        if (fate == Fate.RESUMED) {
            LocalDate back = LocalDate.ofEpochDay(course.change().getLast());
            files.states().row(lift.code(), "IN_USE", back, "恢复使用");
            files.truth().tell("resumed", "equipment_code", lift.code(), "since", since, "until", back);
        }
    }

    private void maintenance(Lift lift, Fate fate, List<Visit> visits) {
        long today = plan.day().toEpochDay();
        List<Visit> good =
                visits.stream().filter(visit -> visit.flaw() == Fate.SOUND).toList();
        long halfMonthDue = good.getLast().day() + Calendar.HALF_MONTH_DAYS;
        switch (fate) {
            case HALF_MONTH_OVERDUE, NEWEST_SUSPECT -> due("maintenance-overdue", lift, Level.HALF_MONTH, halfMonthDue);
            case DUE_SOON -> due("maintenance-due-soon", lift, Level.HALF_MONTH, halfMonthDue);
            case QUARTER_OVERDUE -> {
                Visit quarter = good.stream()
                        .filter(visit -> visit.level() != Level.HALF_MONTH)
                        .reduce((earlier, later) -> later)
                        .orElseThrow();
                due("maintenance-overdue", lift, Level.QUARTER, quarter.day() + Calendar.QUARTER_DAYS);
            }
            case MAINTENANCE_SUSPENDED -> {
                LocalDate from = LocalDate.ofEpochDay(good.getLast().day() + 5);
                LocalDate to = LocalDate.ofEpochDay(today + 20);
                files.suspensions().row(lift.code(), "", from, to, "建筑外墙施工封闭");
                files.truth()
                        .tell(
                                "maintenance-suspended",
                                "equipment_code",
                                lift.code(),
                                "valid_from",
                                from,
                                "valid_to",
                                to);
            }
            case ON_DEMAND -> {
                LocalDate from = LocalDate.ofEpochDay(good.getFirst().day());
                String approval = "按需维保-" + from.getYear() + "-" + lift.crew().number() + "-" + lift.place();
                files.plans().row(lift.code(), 30, approval, from, LocalDate.ofEpochDay(today + 200));
                files.truth().tell("on-demand", "equipment_code", lift.code(), "approval_no", approval);
            }
            default -> {}
        }
    }

    private void due(String kind, Lift lift, Level level, long dueOn) {
        List<Object> facts = new ArrayList<>(List.of(
                "equipment_code",
                lift.code(),
                "firm",
                lift.crew().firm(),
                "level",
                level,
                "due_on",
                LocalDate.ofEpochDay(dueOn)));
        if (kind.equals("maintenance-overdue")) {
            facts.addAll(List.of("days_overdue", plan.day().toEpochDay() - dueOn));
        }
        files.truth().tell(kind, facts.toArray());
    }

    private void inspections(Lift lift, Fate fate, Course course) {
        if (fate == Fate.NO_DATE) {
            return;
        }
        Dice dice = lift.dice(plan.seed(), "inspections");
        LocalDate end = fate.isOutOfUse()
                ? LocalDate.ofEpochDay(course.change().getFirst()).minusDays(1)
                : plan.day();
        LocalDate missed = fate.isInspectionOverdue()
                ? LiftDates.missable(lift.supervisedOn(), plan.day())
                        .orElseThrow()
                        .dueOn()
                : LocalDate.MIN;
        for (Year year : LiftDates.years(lift.supervisedOn(), plan.day())) {
            LocalDate dueOn = year.dueOn();
            var subject = new Subject(
                    lift.code(), lift.body(), year.inspected() ? "PERIODIC_INSPECTION" : "SELF_TESTING", "");
            LocalDate on = dueOn.minusDays(year.inspected() ? dice.whole(5, 50) : dice.whole(3, 25));
            if (dueOn.equals(missed)) {
                inspections.missed(subject, fate, dueOn, dice);
            } else if (!on.isAfter(end)) {
                inspections.done(subject, on, dice);
            } else if (year.inspected() && !fate.isOutOfUse()) {
                inspections.planned(subject, on, dice);
            }
        }
    }
}

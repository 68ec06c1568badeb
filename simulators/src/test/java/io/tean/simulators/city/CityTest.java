package io.tean.simulators.city;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tean.core.equipment.EquipmentCode;
import io.tean.core.organisation.CreditCode;
import io.tean.simulators.fleet.FleetFiles;
import io.tean.simulators.fleet.FleetFounder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads the files back and looks for the gaps with arithmetic of its own. */
class CityTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 22);
    private static final Pattern FACT = Pattern.compile("\"(\\w+)\":(?:\"([^\"]*)\"|(-?\\d+))");
    private static final Set<String> NOT_SOUND = Set.of(
            "maintenance-overdue",
            "maintenance-due-soon",
            "maintenance-suspended",
            "on-demand",
            "resumed",
            "suspended",
            "scrapped",
            "deregistered");

    /** A row of a sheet or a line of the truth. */
    private record Row(Map<String, String> cells) {
        String get(String name) {
            return Objects.requireNonNull(cells.get(name), name);
        }
    }

    @TempDir
    private static Path city;

    private static List<Row> truth;
    private static List<Row> equipment;
    private static Map<String, List<Row>> visits;
    private static Map<String, List<Row>> inspections;

    @BeforeAll
    static void write_and_read() throws IOException {
        City.write(plan(7, 0.02, Optional.empty()), city);
        truth = truth(city);
        equipment = rows(city, "equipment.csv");
        visits = byMachine("visits.csv");
        inspections = byMachine("inspections.csv");
    }

    private static CityPlan plan(long seed, double scale, Optional<Path> fleet) {
        return new CityPlan(seed, DAY, CityPlan.counts(scale, Map.of(CityPart.CYLINDERS, 2000)), fleet);
    }

    private static List<Row> rows(Path folder, String file) throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve(file))) {
            List<String[]> all = lines.map(line -> line.split(",", -1)).toList();
            String[] headings = all.getFirst();
            return all.stream()
                    .skip(1)
                    .map(cells -> {
                        assertThat(cells).hasSameSizeAs(headings);
                        Map<String, String> row = new HashMap<>();
                        for (int i = 0; i < cells.length; i++) {
                            row.put(headings[i], cells[i]);
                        }
                        return new Row(row);
                    })
                    .toList();
        }
    }

    private static Map<String, List<Row>> byMachine(String file) throws IOException {
        return rows(city, file).stream().collect(Collectors.groupingBy(row -> row.get("equipment_code")));
    }

    private static List<Row> truth(Path folder) throws IOException {
        return Files.readAllLines(folder.resolve("truth.jsonl")).stream()
                .map(line -> new Row(FACT.matcher(line)
                        .results()
                        .collect(Collectors.toMap(
                                fact -> fact.group(1), fact -> fact.group(2) == null ? fact.group(3) : fact.group(2)))))
                .toList();
    }

    private static List<Row> told(String kind) {
        return truth.stream().filter(fact -> fact.get("kind").equals(kind)).toList();
    }

    private static Set<String> codes(String... kinds) {
        return Arrays.stream(kinds)
                .flatMap(kind -> told(kind).stream())
                .map(fact -> fact.get("equipment_code"))
                .collect(Collectors.toSet());
    }

    private static LocalDate on(Row visit) {
        return OffsetDateTime.parse(visit.get("check_out_at")).toLocalDate();
    }

    /** Days of the visits that count, of a level or higher. */
    private static List<LocalDate> days(String code, String... levels) {
        Set<String> suspect = told("suspect-visit").stream()
                .filter(fact -> fact.get("equipment_code").equals(code))
                .map(fact -> fact.get("visit_no"))
                .collect(Collectors.toSet());
        return visits.getOrDefault(code, List.of()).stream()
                .filter(visit -> !suspect.contains(visit.get("visit_no")))
                .filter(visit -> levels.length == 0 || List.of(levels).contains(visit.get("level")))
                .map(CityTest::on)
                .toList();
    }

    private static long longestGap(List<LocalDate> days) {
        long longest = ChronoUnit.DAYS.between(days.getLast(), DAY);
        for (int i = 1; i < days.size(); i++) {
            longest = Math.max(longest, ChronoUnit.DAYS.between(days.get(i - 1), days.get(i)));
        }
        return longest;
    }

    @Test
    void the_same_seed_and_day_give_the_same_bytes(@TempDir Path other) throws IOException {
        City.write(plan(7, 0.02, Optional.empty()), other);

        for (Path file : files(city)) {
            assertThat(other.resolve(file.getFileName())).hasSameBinaryContentAs(file);
        }
        assertThat(files(other)).hasSize(12);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void everything_is_there_at_least_once_and_as_often_as_the_scale_says() {
        Map<String, Long> categories =
                equipment.stream().collect(Collectors.groupingBy(row -> row.get("category"), Collectors.counting()));
        assertThat(categories)
                .containsEntry("elevator", 1200L)
                .containsEntry("boiler", 100L)
                .containsEntry("passenger-ropeway", 1L)
                .hasSize(9);
        assertThat(equipment)
                .extracting(row -> row.get("code"))
                .doesNotHaveDuplicates()
                .allMatch(EquipmentCode::isWellFormed)
                .allMatch(code -> code.length() == 18 || code.length() == 20);
    }

    @Test
    void credit_codes_are_valid_and_everybody_named_is_an_organisation() throws IOException {
        Map<String, String> kinds = rows(city, "organisations.csv").stream()
                .collect(Collectors.toMap(row -> row.get("credit_code"), row -> row.get("kind")));
        assertThat(kinds.keySet()).allMatch(CreditCode::isWellFormed);
        assertThat(equipment).allSatisfy(row -> {
            assertThat(kinds).containsEntry(row.get("use_unit"), "USE_UNIT");
            assertThat(kinds).containsEntry(row.get("inspection_body"), "INSPECTION_BODY");
        });
        assertThat(rows(city, "operators.csv"))
                .allSatisfy(row -> assertThat(kinds).containsKey(row.get("organisation")));
        assertThat(rows(city, "cylinders.csv"))
                .allSatisfy(row -> assertThat(kinds).containsEntry(row.get("station"), "FILLING_STATION"));
    }

    @Test
    void keys_are_unique_so_that_no_row_is_refused() throws IOException {
        assertUnique("contracts.csv", "contract_no", "equipment_code");
        assertUnique("operators.csv", "certificate_no");
        assertUnique("cylinders.csv", "code");
        assertUnique("states.csv", "equipment_code", "since");
        assertUnique("inspections.csv", "equipment_code", "report_no");
        assertUnique("visits.csv", "equipment_code", "firm", "visit_no");
        assertUnique("submissions.csv", "submission_no");
        assertUnique("organisations.csv", "credit_code");
    }

    private static void assertUnique(String file, String... key) throws IOException {
        assertThat(rows(city, file))
                .extracting(row -> Arrays.stream(key).map(row::get).collect(Collectors.joining(" ")))
                .isNotEmpty()
                .doesNotHaveDuplicates();
    }

    @Test
    void a_sound_elevator_is_visited_in_time_at_every_level_and_not_due_soon() {
        Set<String> others = codes(NOT_SOUND.toArray(String[]::new));
        assertThat(visits.keySet().stream().filter(code -> !others.contains(code)))
                .hasSizeGreaterThan(1000)
                .allSatisfy(code -> {
                    assertThat(longestGap(days(code))).isLessThanOrEqualTo(15);
                    assertThat(ChronoUnit.DAYS.between(days(code).getLast(), DAY))
                            .isBetween(1L, 11L);
                    assertThat(longestGap(days(code, "QUARTER", "HALF_YEAR", "YEAR")))
                            .isLessThanOrEqualTo(86);
                    assertThat(longestGap(days(code, "HALF_YEAR", "YEAR"))).isLessThanOrEqualTo(176);
                    assertThat(longestGap(days(code, "YEAR"))).isLessThanOrEqualTo(361);
                });
    }

    @Test
    void overdue_and_due_soon_maintenance_is_seen_in_the_visits() {
        assertThat(told("maintenance-overdue"))
                .extracting(fact -> fact.get("level"))
                .contains("HALF_MONTH", "QUARTER");
        for (Row fact : told("maintenance-overdue")) {
            boolean quarter = fact.get("level").equals("QUARTER");
            List<LocalDate> days = quarter
                    ? days(fact.get("equipment_code"), "QUARTER", "HALF_YEAR", "YEAR")
                    : days(fact.get("equipment_code"));
            LocalDate due = days.getLast().plusDays(quarter ? 90 : 15);
            assertThat(fact.cells())
                    .containsEntry("due_on", due.toString())
                    .containsEntry("days_overdue", Long.toString(ChronoUnit.DAYS.between(due, DAY)));
            assertThat(due).isBefore(DAY);
        }
        assertThat(told("maintenance-due-soon"))
                .hasSize(24)
                .allSatisfy(fact -> assertThat(ChronoUnit.DAYS.between(
                                days(fact.get("equipment_code")).getLast(), DAY))
                        .isBetween(13L, 15L));
    }

    @Test
    void nothing_is_told_twice_and_the_rates_are_as_planted() {
        assertThat(truth).doesNotHaveDuplicates();
        for (String kind : List.of("maintenance-overdue", "maintenance-due-soon", "inspection-overdue", "no-date")) {
            assertThat(told(kind))
                    .extracting(fact -> fact.get("equipment_code"))
                    .isNotEmpty()
                    .doesNotHaveDuplicates();
        }
        assertThat(told("maintenance-overdue").size()).isBetween(32, 40);
        assertThat(told("inspection-overdue").size()).isBetween(48, 80);
        assertThat(codes("never-submitted", "submission-late", "agreed-not-inspected"))
                .isEqualTo(codes("inspection-overdue"));
    }

    @Test
    void nobody_is_at_two_machines_at_once_but_those_planted() {
        Map<String, TreeMap<OffsetDateTime, Row>> rounds = new HashMap<>();
        Set<String> clashes = new HashSet<>();
        for (Row visit : visits.values().stream().flatMap(List::stream).toList()) {
            for (String worker : visit.get("workers").split(";", -1)) {
                var round = rounds.computeIfAbsent(worker, w -> new TreeMap<>());
                Optional<Row> same =
                        Optional.ofNullable(round.put(OffsetDateTime.parse(visit.get("check_in_at")), visit));
                assertThat(same).isEmpty();
            }
        }
        for (var round : rounds.values()) {
            List<Row> inOrder = new ArrayList<>(round.values());
            for (int i = 1; i < inOrder.size(); i++) {
                if (OffsetDateTime.parse(inOrder.get(i - 1).get("check_out_at"))
                        .plusMinutes(15)
                        .isAfter(OffsetDateTime.parse(inOrder.get(i).get("check_in_at")))) {
                    clashes.add(inOrder.get(i - 1).get("equipment_code"));
                    clashes.add(inOrder.get(i).get("equipment_code"));
                }
            }
        }
        Set<String> planted = told("suspect-visit").stream()
                .filter(fact -> fact.get("check").equals("worker-twice"))
                .map(fact -> fact.get("equipment_code"))
                .collect(Collectors.toSet());
        assertThat(clashes).isNotEmpty().isEqualTo(planted);
    }

    @Test
    void a_suspect_visit_shows_its_flaw_and_no_other_visit_does() throws IOException {
        Map<String, String> flaws = told("suspect-visit").stream()
                .collect(Collectors.toMap(
                        fact -> fact.get("equipment_code") + " " + fact.get("visit_no"), fact -> fact.get("check")));
        assertThat(flaws.values())
                .contains(
                        "too-short",
                        "one-worker",
                        "uncertified-worker",
                        "too-far",
                        "worker-twice",
                        "items-missing",
                        "no-contract");
        Map<String, Row> plates = equipment.stream().collect(Collectors.toMap(row -> row.get("code"), row -> row));
        Map<String, List<Row>> contracts = byMachine("contracts.csv");
        Map<String, Row> operators = rows(city, "operators.csv").stream()
                .collect(Collectors.toMap(row -> row.get("certificate_no"), row -> row));
        for (Row visit : visits.values().stream().flatMap(List::stream).toList()) {
            String code = visit.get("equipment_code");
            String found = flaw(
                    visit,
                    Objects.requireNonNull(plates.get(code)),
                    contracts.getOrDefault(code, List.of()),
                    operators);
            String planted = flaws.getOrDefault(code + " " + visit.get("visit_no"), "");
            // Seen over all machines, in the test before.
            assertThat(found).as(visit.get("visit_no")).isEqualTo(planted.equals("worker-twice") ? "" : planted);
        }
    }

    private static String flaw(Row visit, Row plate, List<Row> contracts, Map<String, Row> operators) {
        String day = on(visit).toString();
        String[] workers = visit.get("workers").split(";", -1);
        long minutes = ChronoUnit.MINUTES.between(
                OffsetDateTime.parse(visit.get("check_in_at")), OffsetDateTime.parse(visit.get("check_out_at")));
        boolean contracted = contracts.stream()
                .anyMatch(contract -> contract.get("firm").equals(visit.get("firm"))
                        && contract.get("valid_from").compareTo(day) <= 0
                        && contract.get("valid_to").compareTo(day) >= 0);
        boolean certified = Arrays.stream(workers)
                .map(worker -> Optional.ofNullable(operators.get(worker)))
                .allMatch(known -> known.isPresent()
                        && known.get().get("item").equals("T")
                        && known.get().get("organisation").equals(visit.get("firm"))
                        && known.get().get("valid_from").compareTo(day) <= 0
                        && known.get().get("valid_to").compareTo(day) >= 0);
        double away = Math.hypot(
                111_000 * (Double.parseDouble(visit.get("latitude")) - Double.parseDouble(plate.get("latitude"))),
                91_000 * (Double.parseDouble(visit.get("longitude")) - Double.parseDouble(plate.get("longitude"))));
        if (!contracted) {
            return "no-contract";
        }
        if (workers.length < 2) {
            return "one-worker";
        }
        if (!certified) {
            return "uncertified-worker";
        }
        if (minutes < 30) {
            return "too-short";
        }
        return away > 100 ? "too-far" : visit.get("items").split(";", -1).length < items(visit) ? "items-missing" : "";
    }

    private static int items(Row visit) {
        boolean escalator = visit.get("items").startsWith("D");
        return switch (visit.get("level")) {
            case "HALF_MONTH" -> escalator ? 33 : 31;
            case "QUARTER" -> escalator ? 38 : 44;
            case "HALF_YEAR" -> escalator ? 50 : 59;
            default -> escalator ? 63 : 76;
        };
    }

    @Test
    void an_elevator_was_inspected_in_the_months_of_its_years_unless_that_is_told() {
        Map<String, String> late = told("inspection-overdue").stream()
                .collect(Collectors.toMap(fact -> fact.get("equipment_code"), fact -> fact.get("due_on")));
        Set<String> others = codes("no-date", "suspended", "scrapped", "deregistered");
        List<Row> lifts = equipment.stream()
                .filter(row -> row.get("category").equals("elevator") && !others.contains(row.get("code")))
                .toList();
        assertThat(lifts).hasSizeGreaterThan(1100).allSatisfy(lift -> {
            YearMonth supervised = YearMonth.from(LocalDate.parse(lift.get("supervised_on")));
            List<LocalDate> missing = new ArrayList<>();
            for (int year = 1; year < 30; year++) {
                LocalDate due = supervised.plusYears(year).atEndOfMonth();
                if (due.isBefore(DAY) && due.isAfter(DAY.minusYears(6))) {
                    boolean inspected =
                            year > 15 || Set.of(1, 4, 7, 9, 11, 13, 15).contains(year);
                    if (!done(lift.get("code"), inspected ? "PERIODIC_INSPECTION" : "SELF_TESTING", due)) {
                        missing.add(due);
                    }
                }
            }
            assertThat(missing)
                    .extracting(LocalDate::toString)
                    .isEqualTo(Stream.ofNullable(late.get(lift.get("code"))).toList());
        });
    }

    private static boolean done(String code, String kind, LocalDate due) {
        return inspections.getOrDefault(code, List.of()).stream()
                .filter(row -> row.get("kind").equals(kind))
                .map(row -> LocalDate.parse(row.get("inspected_on")))
                .anyMatch(on -> !on.isAfter(due) && on.isAfter(due.minusMonths(2)));
    }

    @Test
    void other_machines_are_inside_every_cycle_unless_that_is_told() {
        Map<String, String> late = told("inspection-overdue").stream()
                .collect(Collectors.toMap(
                        fact -> fact.get("equipment_code") + " " + fact.get("inspection_kind"),
                        fact -> fact.get("due_on")));
        Set<String> outOfUse = codes("suspended", "scrapped", "deregistered");
        Map<String, Map<String, Integer>> years = Map.of(
                "boiler", Map.of("EXTERNAL", 1, "INTERNAL", 2, "HYDROSTATIC_TEST", 6),
                "pressure-vessel", Map.of("PERIODIC_INSPECTION", 6, "YEARLY_CHECK", 1),
                "mobile-pressure-vessel", Map.of("PERIODIC_INSPECTION", 5, "YEARLY_CHECK", 1),
                "crane", Map.of("PERIODIC_INSPECTION", 2),
                "forklift", Map.of("PERIODIC_INSPECTION", 2),
                "tourist-vehicle", Map.of("PERIODIC_INSPECTION", 1),
                "amusement-ride", Map.of("PERIODIC_INSPECTION", 1),
                "passenger-ropeway", Map.of("PERIODIC_INSPECTION", 3, "YEARLY_CHECK", 1));
        for (Row machine : equipment) {
            String code = machine.get("code");
            if (outOfUse.contains(code)) {
                continue;
            }
            years.getOrDefault(machine.get("category"), Map.of()).forEach((kind, cycle) -> {
                LocalDate due = inspections.getOrDefault(code, List.of()).stream()
                        .filter(row -> row.get("kind").equals(kind))
                        .map(row -> LocalDate.parse(row.get("inspected_on")))
                        .max(LocalDate::compareTo)
                        .orElseThrow()
                        .plusYears(cycle);
                String told = late.get(code + " " + kind);
                assertThat(told == null ? due.isAfter(DAY.plusDays(30)) : told.equals(due.toString()))
                        .as(code + " " + kind)
                        .isTrue();
            });
        }
    }

    @Test
    void what_was_submitted_is_as_far_as_the_truth_says() throws IOException {
        Map<String, Row> submissions = rows(city, "submissions.csv").stream()
                .collect(Collectors.toMap(row -> row.get("submission_no"), row -> row));
        assertThat(told("agreed-not-inspected"))
                .isNotEmpty()
                .allSatisfy(fact -> assertThat(Objects.requireNonNull(submissions.get(fact.get("submission_no")))
                                .cells())
                        .containsEntry("agreed_on", fact.get("agreed_on"))
                        .containsEntry("inspected_on", "")
                        .satisfies(
                                row -> assertThat(new Row(row).get("agreed_on")).isLessThan(DAY.toString())));
        assertThat(told("submission-late")).isNotEmpty().allSatisfy(fact -> {
            Row row = Objects.requireNonNull(submissions.get(fact.get("submission_no")));
            assertThat(row.get("accepted_on").isEmpty())
                    .isEqualTo(!fact.get("step").equals("ACCEPTED"));
            assertThat(row.get("returned_on").isEmpty())
                    .isEqualTo(!fact.get("step").equals("RETURNED"));
        });
        long stuck = submissions.values().stream()
                .filter(row -> row.get("inspected_on").isEmpty())
                .filter(row -> row.get("agreed_on").compareTo(DAY.toString()) <= 0)
                .filter(row -> row.get("accepted_on").isEmpty()
                        || !row.get("agreed_on").isEmpty())
                .filter(row ->
                        row.get("submitted_on").compareTo(DAY.minusDays(6).toString()) < 0)
                .count();
        assertThat(stuck)
                .isEqualTo(told("agreed-not-inspected").size()
                        + told("submission-late").stream()
                                .filter(fact -> !fact.get("step").equals("ACCEPTED"))
                                .count());
    }

    @Test
    void cylinders_and_certificates_past_their_dates_are_all_told() throws IOException {
        List<Row> cylinders = rows(city, "cylinders.csv");
        assertThat(cylinders.stream()
                        .filter(row -> row.get("scrap_on").compareTo(DAY.toString()) < 0)
                        .map(row -> row.get("code")))
                .containsExactlyInAnyOrderElementsOf(told("cylinder-past-scrap").stream()
                        .map(fact -> fact.get("cylinder_code"))
                        .toList());
        assertThat(cylinders.stream()
                        .filter(row -> LocalDate.parse(row.get("last_inspected_on"))
                                .plusMonths(row.get("type").equals("LPG") ? 48 : 36)
                                .isBefore(DAY))
                        .map(row -> row.get("code")))
                .containsExactlyInAnyOrderElementsOf(told("cylinder-inspection-overdue").stream()
                        .map(fact -> fact.get("cylinder_code"))
                        .toList());
        assertThat(rows(city, "operators.csv").stream()
                        .filter(row -> row.get("valid_to").compareTo(DAY.toString()) < 0)
                        .map(row -> row.get("certificate_no")))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(told("certificate-expired").stream()
                        .map(fact -> fact.get("certificate_no"))
                        .toList());
    }

    @Test
    void the_machines_of_a_fleet_are_part_of_the_city(@TempDir Path fleet, @TempDir Path other) throws IOException {
        FleetFiles.write(FleetFounder.found(5, 60, 8, 4, 6), fleet);

        City.write(plan(7, 0.002, Optional.of(fleet)), other);

        List<String> codes = rows(other, "equipment.csv").stream()
                .map(row -> row.get("code"))
                .toList();
        assertThat(codes)
                .doesNotHaveDuplicates()
                .containsAll(rows(fleet, "equipment.csv").stream()
                        .map(row -> row.get("code"))
                        .toList());
        assertThat(codes.stream().filter(code -> code.startsWith("FM-"))).hasSize(4);
        assertThat(rows(other, "organisations.csv"))
                .extracting(row -> row.get("credit_code"))
                .containsAll(rows(fleet, "organisations.csv").stream()
                        .map(row -> row.get("credit_code"))
                        .toList());
        Set<String> visited = rows(other, "visits.csv").stream()
                .map(row -> row.get("equipment_code"))
                .collect(Collectors.toSet());
        assertThat(FleetFiles.read(fleet).elevators())
                .allSatisfy(lift -> assertThat(visited).contains(lift.identity().code()));
    }

    @Test
    void a_city_does_not_overwrite_the_lists_of_its_fleet(@TempDir Path fleet) throws IOException {
        FleetFiles.write(FleetFounder.found(5, 6, 1, 1, 0), fleet);

        assertThatThrownBy(() -> City.write(plan(7, 0.002, Optional.of(fleet)), fleet))
                .hasMessageContaining("a folder of its own");
    }

    @Test
    void a_part_that_no_city_has_is_told() {
        assertThatThrownBy(() -> CityPart.of("lifts"))
                .hasMessageContaining("'lifts'")
                .hasMessageContaining("elevators");
        assertThatThrownBy(() -> CityPlan.counts(0, Map.of())).hasMessageContaining("above 0");
        assertThatThrownBy(() ->
                        new CityPlan(1, DAY, CityPlan.counts(1, Map.of(CityPart.BOILERS, -1)), Optional.empty()))
                .hasMessageContaining("the number of boilers is -1");
    }
}

package io.tean.dashboards.access;

import java.time.LocalDate;
import java.util.Map;

/**
 * A SQL condition that is true of exactly those rows that a scope covers, with what it binds. Every query of a list, a row, a search or
 * an export carries one.
 */
public record Reach(String condition, Map<String, Object> bindings) {
    private static final Reach ALL = new Reach("TRUE", Map.of());
    private static final Reach NOTHING = new Reach("FALSE", Map.of());

    public Reach {
        bindings = Map.copyOf(bindings);
    }

    /** Of {@code device} rows under an alias: of the organisation that runs the device, and of the use unit of equipment that it is bound to. */
    public static Reach devices(Scope scope, String alias) {
        return switch (scope) {
            case Scope.City() -> ALL;
            case Scope.Division division ->
                new Reach("""
                    EXISTS (SELECT FROM device_binding reach_b JOIN equipment reach_e ON reach_e.code = reach_b.equipment_code
                            WHERE reach_b.device_id = %s.device_id AND reach_b.bound_to IS NULL
                              AND starts_with(reach_e.division_code, :reach_division))
                    """.formatted(alias), Map.of("reach_division", division.prefix()));
            case Scope.Organisation(int id) -> new Reach("""
                    (%1$s.organisation_id = :reach_organisation
                     OR EXISTS (SELECT FROM device_binding reach_b JOIN equipment reach_e ON reach_e.code = reach_b.equipment_code
                                WHERE reach_b.device_id = %1$s.device_id AND reach_b.bound_to IS NULL
                                  AND reach_e.use_unit_id = :reach_organisation))
                    """.formatted(alias), Map.of("reach_organisation", id));
        };
    }

    /** Of {@code dead_letter} rows: of the organisation that runs the device, and of the use unit of the equipment. */
    public static Reach deadLetters(Scope scope, String alias) {
        return switch (scope) {
            case Scope.City() -> ALL;
            case Scope.Division division ->
                new Reach("""
                    %s.equipment_code IN (SELECT code FROM equipment WHERE starts_with(division_code, :reach_division))
                    """.formatted(alias), Map.of("reach_division", division.prefix()));
            case Scope.Organisation(int id) -> new Reach("""
                    (%1$s.device_id IN (SELECT device_id FROM device WHERE organisation_id = :reach_organisation)
                     OR %1$s.equipment_code IN (SELECT code FROM equipment WHERE use_unit_id = :reach_organisation))
                    """.formatted(alias), Map.of("reach_organisation", id));
        };
    }

    /** Of {@code device_binding} rows: of the organisation that runs the device, and of the use unit of the equipment, now and in the past. */
    public static Reach bindings(Scope scope, String alias) {
        // A use unit that sees a firm's device must not learn what else the device is bound to. A dead letter names the
        // same two.
        return deadLetters(scope, alias);
    }

    /**
     * Of {@code equipment} rows: of its use unit, of whoever maintains it by a contract or did, and of the organisation that runs a device
     * which is bound to it.
     */
    public static Reach equipment(Scope scope, String alias) {
        return switch (scope) {
            case Scope.City() -> ALL;
            case Scope.Division division ->
                new Reach(
                        "starts_with(%s.division_code, :reach_division)".formatted(alias),
                        Map.of("reach_division", division.prefix()));
            // One set and not three conditions: each of its branches has its index.
            case Scope.Organisation(int id) -> new Reach("""
                    %s.equipment_id IN (SELECT equipment_id FROM equipment WHERE use_unit_id = :reach_organisation
                                        UNION SELECT equipment_id FROM contract WHERE firm_id = :reach_organisation
                                        UNION SELECT reach_e.equipment_id FROM device reach_d
                                              JOIN device_binding reach_b ON reach_b.device_id = reach_d.device_id AND reach_b.bound_to IS NULL
                                              JOIN equipment reach_e ON reach_e.code = reach_b.equipment_code
                                              WHERE reach_d.organisation_id = :reach_organisation)
                    """.formatted(alias), Map.of("reach_organisation", id));
        };
    }

    /**
     * Of rows with an {@code equipment_id} and a {@code division_code}, such as {@code equipment}, {@code duty} and {@code submission}: of the
     * machine's use unit, and of the firm that maintains it under contract.
     *
     * @param today a firm loses a machine with the contract
     */
    public static Reach machines(Scope scope, String alias, LocalDate today) {
        return switch (scope) {
            case Scope.City ignored -> ALL;
            case Scope.Division ignored -> divisions(scope, alias);
            case Scope.Organisation(int id) ->
                new Reach("""
                    %s.equipment_id IN (SELECT equipment_id FROM equipment WHERE use_unit_id = :reach_organisation
                                        UNION SELECT equipment_id FROM contract
                                        WHERE firm_id = :reach_organisation AND from_on <= :reach_today AND until_on > :reach_today)
                    """.formatted(alias), Map.of("reach_organisation", id, "reach_today", today));
        };
    }

    /** Of counts by {@code division_code}, which tell nothing to an organisation. */
    public static Reach divisions(Scope scope, String alias) {
        return switch (scope) {
            case Scope.City ignored -> ALL;
            case Scope.Division division ->
                new Reach(
                        "starts_with(%s.division_code, :reach_division)".formatted(alias),
                        Map.of("reach_division", division.prefix()));
            case Scope.Organisation ignored -> new Reach("FALSE", Map.of());
        };
    }

    /** Of {@code duty} rows: of who must act and of the use unit, as they were then. */
    public static Reach duties(Scope scope, String alias) {
        return switch (scope) {
            case Scope.City() -> ALL;
            case Scope.Division division -> inDivision(division, alias);
            case Scope.Organisation(int id) ->
                new Reach(
                        "%1$s.answerable_id = :reach_organisation OR %1$s.use_unit_id = :reach_organisation"
                                .formatted(alias),
                        Map.of("reach_organisation", id));
        };
    }

    /** Of {@code duty_count} rows, which know no use units: an organisation counts its duties themselves. */
    public static Reach dutyCounts(Scope scope, String alias) {
        return switch (scope) {
            case Scope.City() -> ALL;
            case Scope.Division division -> inDivision(division, alias);
            case Scope.Organisation(int id) ->
                new Reach("%s.answerable_id = :reach_organisation".formatted(alias), Map.of("reach_organisation", id));
        };
    }

    /** Of {@code maintenance_record} rows: of the firm whose visit it was, and of the machine's use unit. */
    public static Reach visits(Scope scope, String alias) {
        return switch (scope) {
            case Scope.City() -> ALL;
            case Scope.Division division ->
                new Reach("""
                    EXISTS (SELECT FROM equipment reach_e WHERE reach_e.equipment_id = %s.equipment_id
                            AND starts_with(reach_e.division_code, :reach_division))
                    """.formatted(alias), Map.of("reach_division", division.prefix()));
            case Scope.Organisation(int id) -> new Reach("""
                    (%1$s.firm_id = :reach_organisation
                     OR %1$s.equipment_id IN (SELECT equipment_id FROM equipment WHERE use_unit_id = :reach_organisation))
                    """.formatted(alias), Map.of("reach_organisation", id));
        };
    }

    /** Of {@code overdue_suspension} rows: of whoever has, or must maintain, a machine that it is about. */
    public static Reach suspensions(Scope scope, String alias) {
        return switch (scope) {
            case Scope.City() -> ALL;
            case Scope.Division division ->
                new Reach("""
                    (starts_with(%1$s.division_code, :reach_division)
                     OR %1$s.equipment_id IN (SELECT equipment_id FROM equipment
                                              WHERE starts_with(division_code, :reach_division)))
                    """.formatted(alias), Map.of("reach_division", division.prefix()));
            case Scope.Organisation(int id) -> new Reach("""
                    EXISTS (SELECT FROM duty reach_d
                            WHERE reach_d.kind = 'MAINTENANCE' AND reach_d.until_on = 'infinity'
                              AND (reach_d.answerable_id = :reach_organisation OR reach_d.use_unit_id = :reach_organisation)
                              AND (reach_d.equipment_id = %1$s.equipment_id OR reach_d.division_code = %1$s.division_code))
                    """.formatted(alias), Map.of("reach_organisation", id));
        };
    }

    private static Reach inDivision(Scope.Division division, String alias) {
        return new Reach(
                "starts_with(%s.division_code, :reach_division)".formatted(alias),
                Map.of("reach_division", division.prefix()));
    }

    /** Of {@code organisation} rows. */
    public static Reach organisations(Scope scope, String alias) {
        return switch (scope) {
            case Scope.City() -> ALL;
            case Scope.Division division ->
                new Reach(
                        "starts_with(%s.division_code, :reach_division)".formatted(alias),
                        Map.of("reach_division", division.prefix()));
            case Scope.Organisation(int id) ->
                new Reach(
                        "%s.organisation_id = :reach_organisation".formatted(alias), Map.of("reach_organisation", id));
        };
    }

    /** Of {@code operator} rows: of the organisation that employs the person. */
    public static Reach operators(Scope scope, String alias) {
        return ofOrganisation(scope, alias + ".organisation_id");
    }

    /** Of {@code cylinder} rows: of its filling station. */
    public static Reach cylinders(Scope scope, String alias) {
        return ofOrganisation(scope, alias + ".station_id");
    }

    /**
     * Of {@code alert} rows: as their equipment is; those without equipment of the organisation that they are about, or of where they
     * happened.
     */
    public static Reach alerts(Scope scope, String alias) {
        return switch (scope) {
            case Scope.City() -> ALL;
            // Of each row one lookup by key: there are far fewer alerts than machines in a division.
            case Scope.Division division ->
                new Reach("""
                    starts_with(coalesce((SELECT reach_e.division_code FROM equipment reach_e WHERE reach_e.equipment_id = %1$s.equipment_id),
                                         nullif(%1$s.division_code, ''),
                                         (SELECT reach_o.division_code FROM organisation reach_o
                                          WHERE reach_o.organisation_id = %1$s.organisation_id),
                                         ''), :reach_division)
                    """.formatted(alias), Map.of("reach_division", division.prefix()));
            case Scope.Organisation(int id) -> {
                Reach equipment = equipment(scope, alias);
                yield new Reach(
                        "(%2$s OR (%1$s.equipment_id IS NULL AND %1$s.organisation_id = :reach_organisation))"
                                .formatted(alias, equipment.condition()),
                        Map.of("reach_organisation", id));
            }
        };
    }

    /**
     * Of {@code rescue_case} rows: of whoever was called, of the machine's use unit, and of the firm that maintained it when the case was
     * opened.
     */
    public static Reach cases(Scope scope, String alias) {
        return switch (scope) {
            case Scope.City() -> ALL;
            case Scope.Division division -> inDivision(division, alias);
            case Scope.Organisation(int id) -> new Reach("""
                    (%1$s.case_id IN (SELECT case_id FROM rescue_dispatch WHERE organisation_id = :reach_organisation)
                     OR %1$s.equipment_id IN (SELECT equipment_id FROM equipment WHERE use_unit_id = :reach_organisation)
                     OR EXISTS (SELECT FROM contract reach_k
                                WHERE reach_k.equipment_id = %1$s.equipment_id AND reach_k.firm_id = :reach_organisation
                                  AND reach_k.from_on <= (%1$s.opened_at AT TIME ZONE 'Asia/Shanghai')::date
                                  AND reach_k.until_on > (%1$s.opened_at AT TIME ZONE 'Asia/Shanghai')::date))
                    """.formatted(alias), Map.of("reach_organisation", id));
        };
    }

    /** Of {@code organisation} rows that are maintenance firms: the whole bureau sees how all of them do, a firm itself alone. */
    public static Reach firms(Scope scope, String alias) {
        return scope.ofBureau() ? ALL : organisations(scope, alias);
    }

    /** Of {@code silence} rows: of the machine, the use unit or the division that they are about. */
    public static Reach silences(Scope scope, String alias) {
        return switch (scope) {
            case Scope.City() -> ALL;
            case Scope.Division division ->
                new Reach("""
                    (starts_with(%1$s.division_code, :reach_division)
                     OR EXISTS (SELECT FROM equipment reach_e WHERE reach_e.equipment_id = %1$s.equipment_id
                                AND starts_with(reach_e.division_code, :reach_division))
                     OR EXISTS (SELECT FROM organisation reach_o WHERE reach_o.organisation_id = %1$s.use_unit_id
                                AND starts_with(reach_o.division_code, :reach_division)))
                    """.formatted(alias), Map.of("reach_division", division.prefix()));
            case Scope.Organisation(int id) -> {
                Reach equipment = equipment(scope, alias);
                yield new Reach(
                        "(%2$s OR %1$s.use_unit_id = :reach_organisation)".formatted(alias, equipment.condition()),
                        Map.of("reach_organisation", id));
            }
        };
    }

    /** Without a bound: for what is held to a scope by what it hangs on. */
    public static Reach all() {
        return ALL;
    }

    /** Of {@code audit_entry} rows: of the organisation that the changed thing belongs to. */
    public static Reach auditEntries(Scope scope, String alias) {
        return ofOrganisation(scope, alias + ".organisation_id");
    }

    /** Of {@code notice} rows: of the alert or case that they tell of; a test tells of nothing, and is the whole bureau's. */
    public static Reach notices(Scope scope, String alias) {
        return switch (scope) {
            case Scope.City() -> ALL;
            case Scope.Division division -> {
                Reach alerts = alerts(scope, "reach_a");
                yield new Reach("""
                        (%1$s.alert_id IS NULL AND %1$s.case_id IS NULL
                         OR EXISTS (SELECT FROM alert reach_a WHERE reach_a.alert_id = %1$s.alert_id AND %2$s)
                         OR EXISTS (SELECT FROM rescue_case reach_c WHERE reach_c.case_id = %1$s.case_id
                                    AND starts_with(reach_c.division_code, :reach_division)))
                        """.formatted(alias, alerts.condition()), alerts.bindings());
            }
            case Scope.Organisation ignored -> NOTHING;
        };
    }

    /** Of {@code delivery} rows: as the notice that they deliver; a digest as one of those that it tells of. */
    public static Reach deliveries(Scope scope, String alias) {
        return switch (scope) {
            case Scope.City() -> ALL;
            case Scope.Division ignored -> {
                Reach notices = notices(scope, "reach_n");
                yield new Reach("""
                        (EXISTS (SELECT FROM notice reach_n WHERE reach_n.notice_id = %1$s.notice_id AND %2$s)
                         OR EXISTS (SELECT FROM delivery reach_m JOIN notice reach_n ON reach_n.notice_id = reach_m.notice_id
                                    WHERE reach_m.digest_id = %1$s.delivery_id AND %2$s))
                        """.formatted(alias, notices.condition()), notices.bindings());
            }
            case Scope.Organisation ignored -> NOTHING;
        };
    }

    /** Of {@code recipient} rows: of where the organisation is, and of the division that an officer answers for. */
    public static Reach recipients(Scope scope, String alias) {
        return switch (scope) {
            case Scope.City() -> ALL;
            case Scope.Division division ->
                new Reach("""
                    (starts_with(%1$s.division_code, :reach_division)
                     OR EXISTS (SELECT FROM organisation reach_o WHERE reach_o.organisation_id = %1$s.organisation_id
                                AND starts_with(reach_o.division_code, :reach_division)))
                    """.formatted(alias), Map.of("reach_division", division.prefix()));
            case Scope.Organisation ignored -> NOTHING;
        };
    }

    private static Reach ofOrganisation(Scope scope, String column) {
        return switch (scope) {
            case Scope.City() -> ALL;
            case Scope.Division division ->
                new Reach("""
                    %s IN (SELECT organisation_id FROM organisation
                           WHERE starts_with(division_code, :reach_division))
                    """.formatted(column), Map.of("reach_division", division.prefix()));
            case Scope.Organisation(int id) ->
                new Reach(column + " = :reach_organisation", Map.of("reach_organisation", id));
        };
    }
}

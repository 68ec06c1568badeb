package io.tean.dashboards.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.dashboards.InspectedCity;
import io.tean.dashboards.OpenHouse;
import io.tean.dashboards.Person;
import io.tean.dashboards.access.Role;
import io.tean.dashboards.access.TokenScope;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.route.Who;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every answer of the API against the contract; the table of routes says which there are. */
class ApiContractIT {
    private static final ApiContract CONTRACT = ApiContract.read();
    private static final String DEAD = "00000000-0000-4000-8000-000000000001";
    private static final String TOLD_TOGETHER = "00000000-0000-4000-8000-000000000002";
    private static final String UNIT = "91320500000000001X";

    /** What to ask of each route that reads, with every parameter that it takes. A new route needs a line here. */
    private static final Map<Route, List<String>> CALLS = new EnumMap<>(
            Map.of(
                    Route.API_CONTRACT, List.of("/api/v1/openapi.yaml"),
                    Route.API_ME, List.of("/api/v1/me"),
                    Route.API_STATUS, List.of("/api/v1/status"),
                    Route.API_DEVICES,
                            List.of(
                                    "/api/v1/devices",
                                    "/api/v1/devices?page=1&size=1&sort=-added&q=unit&state=never&organisation="
                                            + UNIT),
                    Route.API_DEVICE, List.of("/api/v1/devices/unit-1"),
                    Route.API_DEAD_LETTERS,
                            List.of(
                                    "/api/v1/dead-letters",
                                    "/api/v1/dead-letters?page=1&size=1&sort=times&q=unit&state=all&reason=not-json"
                                            + "&device=unit-1&stream=elevator-status"),
                    Route.API_DEAD_LETTER, List.of("/api/v1/dead-letters/1", "/api/v1/dead-letters/2"),
                    Route.API_ACCOUNTS,
                            List.of(
                                    "/api/v1/accounts",
                                    "/api/v1/accounts?page=1&size=1&sort=-name&q=test&state=active&role=firm"),
                    Route.API_ACCOUNT, List.of("/api/v1/accounts/boss", "/api/v1/accounts/a-firm"),
                    Route.API_AUDIT,
                            List.of(
                                    "/api/v1/audit",
                                    "/api/v1/audit?page=1&size=1&sort=-actor&q=a&action=account.add&from=2026-01-01&to=2100-01-01")));

    static {
        CALLS.put(
                Route.API_ALERTS,
                List.of(
                        "/api/v1/alerts",
                        "/api/v1/alerts?state=all",
                        "/api/v1/alerts?page=1&size=1&sort=-findings&q=a&state=open&severity=EMERGENCY&rule=elevator-entrapment"
                                + "&category=ELEVATOR&division=320508&site=-&quiet=no&from=2026-01-01&to=2100-01-01"));
        CALLS.put(Route.API_ALERT, List.of("/api/v1/alerts/1", "/api/v1/alerts/2"));
        CALLS.put(
                Route.API_SILENCES,
                List.of("/api/v1/silences", "/api/v1/silences?page=1&size=1&sort=-until&state=all"));
        CALLS.put(
                Route.API_CASES,
                List.of(
                        "/api/v1/cases",
                        "/api/v1/cases?page=1&size=1&sort=-level&q=a&state=live&level=1&division=320500&machine=31103205002016010001"
                                + "&firm=a&from=2026-01-01&to=2100-01-01"));
        CALLS.put(Route.API_CASE, List.of("/api/v1/cases/1", "/api/v1/cases/2"));
        CALLS.put(Route.API_MAINTENANCE_CALENDAR, List.of("/api/v1/maintenance/calendar?month=2026-03&firm=" + UNIT));
        CALLS.put(Route.API_OVERVIEW, List.of("/api/v1/overview"));
        CALLS.put(Route.API_INSPECTION_TREND, List.of("/api/v1/inspection/trend?day=2026-04-05"));
        CALLS.put(Route.API_INSPECTION_COMPARISON, List.of("/api/v1/inspection/comparison?then=2026-02&now=2026-03"));
        CALLS.put(
                Route.API_INSPECTION_RATES,
                List.of("/api/v1/inspection/rates?day=2026-03-31&from=2026-03-01&by=category"));
        CALLS.put(
                Route.API_INSPECTION_FIRMS,
                List.of(
                        "/api/v1/inspection/firms?day=2026-04-05",
                        "/api/v1/inspection/firms?page=1&size=1&sort=-name&q=a&from=2026-03-01&day=2026-04-05"));
        CALLS.put(
                Route.API_INSPECTION_USE_UNITS,
                List.of(
                        "/api/v1/inspection/use-units?day=2026-04-05",
                        "/api/v1/inspection/use-units?page=1&size=1&sort=-name&q=a&from=2026-03-01&day=2026-04-05"));
        CALLS.put(
                Route.API_INSPECTION_MACHINES,
                List.of(
                        "/api/v1/inspection/machines?day=2026-04-05",
                        "/api/v1/inspection/machines?page=1&size=1&sort=-due&q=ELV&day=2026-04-05&in=counted&submitted=yes&division=371302"
                                + "&category=ELEVATOR&body=12371300MABODYB000&use_unit=91371300MAUSEUNITU&firm=91371300MAFIRMA000",
                        "/api/v1/inspection/machines?day=2026-04-05&in=excluded&because=suspended"));
        CALLS.put(
                Route.API_INSPECTION_SUBMISSIONS,
                List.of(
                        "/api/v1/inspection/submissions",
                        "/api/v1/inspection/submissions?page=1&size=5&sort=due&q=BJ&from=2026-03-01&day=2026-03-31&counted=missing&state=all"
                                + "&late=no&owed=body&division=371311&category=BOILER&body=12371300MABODYB000&use_unit=91371300MAUSEUNITV&firm=91371300MAFIRMA000"));
        CALLS.put(
                Route.API_INSPECTION_SUBMISSION,
                List.of("/api/v1/inspection/submissions/BJ-1", "/api/v1/inspection/submissions/BJ-5"));
        CALLS.put(
                Route.API_INSPECTION_MONTHS,
                List.of("/api/v1/inspection/months", "/api/v1/inspection/months?page=1&size=1&sort=month"));
        // No lists of pages: the parameters that a list takes are none of theirs.
        CALLS.put(Route.API_RESCUE_FIGURES, List.of("/api/v1/rescue-figures?from=2026-01-01&to=2026-12-31&by=firm"));
        CALLS.put(Route.API_SCORES, List.of("/api/v1/scores?month=2026-03&size_class=small&q=a"));
        CALLS.put(Route.API_SCORE, List.of("/api/v1/scores/" + UNIT + "?month=2026-03"));
        CALLS.put(
                Route.API_MAINTENANCE_DUE,
                List.of(
                        "/api/v1/maintenance/due?state=all",
                        "/api/v1/maintenance/due?page=1&size=1&sort=-days&q=a&day=2026-03-01&state=overdue&equipment=a&division=320500"
                                + "&level=half-month&firm=" + UNIT));
        CALLS.put(
                Route.API_VISITS,
                List.of(
                        "/api/v1/maintenance/visits",
                        "/api/v1/maintenance/visits?page=1&size=1&sort=added&q=a&state=flagged&equipment=a&from=2026-01-01"
                                + "&to=2100-01-01&firm=" + UNIT));
        CALLS.put(Route.API_VISIT, List.of("/api/v1/maintenance/visits/1", "/api/v1/maintenance/visits/2"));
        CALLS.put(
                Route.API_SUSPENSIONS,
                List.of(
                        "/api/v1/maintenance/suspensions",
                        "/api/v1/maintenance/suspensions?page=1&size=1&sort=-added&state=all"));
        CALLS.put(
                Route.API_MAINTENANCE_FIRMS,
                List.of(
                        "/api/v1/maintenance/firms",
                        "/api/v1/maintenance/firms?page=1&size=1&sort=-overdue&q=a&day=2026-03-01"));
        CALLS.put(
                Route.API_EQUIPMENT,
                List.of(
                        "/api/v1/equipment",
                        "/api/v1/equipment?page=1&size=1&sort=-category&q=3110&category=elevator&state=IN_USE&division=320500"
                                + "&use-unit=" + UNIT + "&crowded=false"));
        CALLS.put(
                Route.API_EQUIPMENT_READINGS,
                List.of(
                        "/api/v1/equipment/31103205002016010001/readings",
                        "/api/v1/equipment/31103205002016010001/readings?stream=elevator-status&field=load_kg&span=1y",
                        "/api/v1/equipment/31103205002016010001/readings?stream=elevator-status&field=car_running&from=2026-01-01T00:00:00Z"
                                + "&to=2026-02-01T00:00:00Z"));
        CALLS.put(Route.API_EQUIPMENT_ENTRY, List.of("/api/v1/equipment/31103205002016010001"));
        CALLS.put(
                Route.API_ORGANISATIONS,
                List.of(
                        "/api/v1/organisations",
                        "/api/v1/organisations?page=1&size=1&sort=-code&q=a&kind=MAINTENANCE_FIRM&division=320500"));
        CALLS.put(
                Route.API_OPERATORS,
                List.of(
                        "/api/v1/operators",
                        "/api/v1/operators?page=1&size=1&sort=-name&q=a&state=valid&organisation=" + UNIT));
        CALLS.put(
                Route.API_CYLINDERS,
                List.of(
                        "/api/v1/cylinders",
                        "/api/v1/cylinders?page=1&size=1&sort=due&q=GP-1&station=" + UNIT
                                + "&type=LPG&state=IN_USE&due-before=2030-01-01"));
        CALLS.put(
                Route.API_FILLING,
                List.of("/api/v1/filling?from=2026-03-01&to=2026-03-01&station=" + UNIT + "&by=day"));
        CALLS.put(
                Route.API_FILLS,
                List.of(
                        "/api/v1/filling/fills",
                        "/api/v1/filling/fills?page=1&size=1&sort=-net&from=2026-03-01&to=2026-03-01&station=" + UNIT
                                + "&cylinder=GP-1&verdict=flagged&rule=elevator-entrapment"));
        CALLS.put(
                Route.API_IMPORTS,
                List.of("/api/v1/imports", "/api/v1/imports?page=1&size=1&sort=-number&q=machines&state=DONE"));
        CALLS.put(Route.API_AUDIT_ENTRY, List.of("/api/v1/audit/1", "/api/v1/audit/2"));
        CALLS.put(
                Route.API_NOTICES,
                List.of(
                        "/api/v1/notices",
                        "/api/v1/notices?page=1&size=1&sort=-attempts&q=o&state=dead&channel=mail&occasion=OPENED&from=2026-01-01"
                                + "&to=2100-01-01"));
        CALLS.put(Route.API_NOTICE, List.of("/api/v1/notices/" + DEAD, "/api/v1/notices/" + TOLD_TOGETHER));
        CALLS.put(
                Route.API_RECIPIENTS,
                List.of("/api/v1/recipients", "/api/v1/recipients?page=1&size=1&sort=-name&q=o&duty=OFFICE&state=all"));
        CALLS.put(Route.API_RECIPIENT, List.of("/api/v1/recipients/1", "/api/v1/recipients/2"));
        CALLS.put(Route.API_CHANNELS, List.of("/api/v1/channels"));
        CALLS.put(Route.API_RULES, List.of("/api/v1/rules", "/api/v1/rules?page=1&size=1&sort=-open&q=e"));
        CALLS.put(Route.API_RULE, List.of("/api/v1/rules/elevator-entrapment", "/api/v1/rules/certificate-expiring"));
        CALLS.put(
                Route.API_REGULATIONS,
                List.of("/api/v1/regulations", "/api/v1/regulations?page=1&size=1&sort=-from&q=elevator"));
        CALLS.put(Route.API_JOBS, List.of("/api/v1/jobs"));
    }

    private static OpenHouse house;
    private static Person boss;
    private static Person firm;
    private static Person viewer;
    private static Person unit;

    @BeforeAll
    static void open() {
        house = OpenHouse.open();
        boss = house.login("boss", Role.ADMINISTRATOR, "", "");
        int maintainer = house.addOrganisation(UNIT, "MAINTENANCE_FIRM", "苏州电梯维保", "320500");
        firm = house.login("a-firm", Role.FIRM, UNIT, "");
        viewer = house.login("a-viewer", Role.READ_ONLY, UNIT, "");
        house.database().execute("""
                INSERT INTO equipment (code, category, name, division_code) VALUES ('31103205002016010001', 'ELEVATOR', '1 号梯', '320508');
                UPDATE equipment SET use_unit_id = %1$d, made_on = '2016-01-02', parameters = '{"rated_load_kg": 1000, "floors": 30}';
                INSERT INTO equipment_state (equipment_id, state, from_on) VALUES (1, 'IN_USE', '2016-02-01');
                INSERT INTO contract (contract_no, equipment_id, firm_id, from_on) VALUES ('C-1', 1, %1$d, '2026-01-01');
                INSERT INTO inspection (equipment_id, report_no, kind, inspected_on, conclusion, added_by)
                VALUES (1, 'R-1', 'PERIODIC_INSPECTION', '2026-02-03', 'PASS', 'test');
                INSERT INTO submission (submission_no, equipment_id, kind, state, category, submitted_on)
                VALUES ('S-1', 1, 'PERIODIC_INSPECTION', 'SUBMITTED', 'ELEVATOR', '2026-02-01');
                INSERT INTO maintenance_record (equipment_id, visit_no, firm_id, level, check_out_at, workers, source, added_by)
                VALUES (1, 'V-1', %1$d, 'HALF_MONTH', '2026-03-01T00:00:00Z', ARRAY['W-1'], 'api', 'test');
                INSERT INTO visit_verdict (record_id, suspect) VALUES (1, true);
                INSERT INTO audit_entry (actor_kind, actor, action, subject_kind, subject, reason)
                VALUES ('account', 'boss', 'equipment.change', 'equipment', '31103205002016010001', 'moved');
                INSERT INTO operator (certificate_no, name, organisation_id) VALUES ('A-1', '李明', %1$d);
                INSERT INTO operator_certificate (operator_id, item, from_on, until_on) VALUES (1, 'T', '2020-01-01', '2024-01-01');
                INSERT INTO cylinder (code, type, medium, volume_litre, station_id, inspection_due_on)
                VALUES ('GP-1', 'LPG', 'LPG', 35.5, %1$d, '2027-01-01');
                INSERT INTO cylinder_fill (equipment_id, time, filling_gun_id, cylinder_code, medium, tare_kg, net_fill_kg, pre_check_faults)
                VALUES (1, '2026-03-01T00:00:00Z', 'GUN-1', 'GP-1', 'lpg', 16.5, 14.4, '{dented}'), (1, now(), 'GUN-1', 'GP-2', NULL, NULL, NULL, NULL);
                INSERT INTO import_run (kind, file_name, sha256, mode, state, bytes, actor_kind, actor)
                VALUES ('equipment', 'machines.csv', '0', 'ACCEPT_GOOD', 'DONE', 1, 'account', 'boss');
                INSERT INTO device (device_id, token_hash, organisation_id) VALUES ('unit-1', sha256('a'), %1$d), ('unit-2', sha256('b'), NULL);
                INSERT INTO device_binding (device_id, equipment_code, bound_to)
                VALUES ('unit-1', '31103205002016010001', NULL), ('unit-1', 'not-registered', NULL),
                       ('unit-1', '31103205002016010001', clock_timestamp());
                INSERT INTO device_contact (device_id, last_contact, connected_since)
                VALUES ('unit-1', clock_timestamp(), clock_timestamp());
                INSERT INTO dead_letter (received_at, device_id, equipment_code, stream, reason, detail, payload, last_received)
                VALUES (clock_timestamp(), 'unit-1', '31103205002016010001', 'elevator-status', 'not-json', 'here', '{', clock_timestamp()),
                       (clock_timestamp(), 'unit-1', '31103205002016010001', 'elevator-status', 'not-utf8', 'here', '\\xff', clock_timestamp());
                INSERT INTO duty (equipment_id, kind, from_on, due_on, rule, category, division_code, answerable_id)
                VALUES (1, 'MAINTENANCE', '2026-01-01', '2026-01-16', 'maintenance-half-month', 'ELEVATOR', '320508', %1$d);
                INSERT INTO duty_count VALUES ('MAINTENANCE', '2026-01-01', '320508', 'ELEVATOR', %1$d, 1, 0);
                INSERT INTO maintenance_record (equipment_id, visit_no, firm_id, firm_code, level, kind, check_in_at, check_out_at, workers,
                    latitude, longitude, scanned, photo_count, photos_sha256, items, failed_items, note, source, added_by)
                VALUES (1, 'WB-1', %1$d, '%3$s', 'QUARTER', 'FIXED_CYCLE', '2026-02-01T00:00:00Z', '2026-02-01T00:10:00Z', '{T-1}',
                    31.3, 120.6, TRUE, 2, '{ab}', '{A-1-1}', '{A-1-1}', 'note', 'device', 'unit-1');
                INSERT INTO maintenance_record (equipment_id, visit_no, firm_id, firm_code, level, check_out_at, workers, source, added_by,
                    supersedes, reason)
                VALUES (1, 'WB-1', %1$d, '%3$s', 'QUARTER', '2026-02-01T00:20:00Z', '{T-1,T-2}', 'api', 'a-firm', 1, 'a worker was missing');
                INSERT INTO visit_verdict (record_id, suspect, reasons)
                VALUES (1, TRUE, '[{"check":"too-short","detail":"10 min"},{"check":"new-check","detail":{"minutes":1}}]');
                INSERT INTO visit_decision (record_id, accepted, reason, decided_by) VALUES (1, FALSE, 'no', 'boss');
                INSERT INTO visit_confirmation VALUES (1, '2026-02-02T00:00:00Z', 'unit');
                INSERT INTO overdue_suspension (equipment_id, division_code, from_on, until_on, reason, added_by)
                VALUES (1, NULL, '2026-01-01', '2099-01-01', 'flood', 'boss'), (NULL, '320508', '2026-01-01', '2026-02-01', 'flood', 'boss');
                INSERT INTO alert_rule (rule, version, effective, subject_kind, severity, dispatch_class, title_zh, title_en, advice_zh,
                    advice_en, source, clause, mark, conditions)
                VALUES ('elevator-entrapment', 1, '2026-01-01', 'MACHINE', 'EMERGENCY', 'rescue', '困人', 'Trapped', '救', 'Help', 'S', '1',
                    'seen', '[{"stream": "elevator-status", "when": "true", "clear": null, "for_s": 30}]');
                INSERT INTO alert (subject_kind, subject, equipment_id, division_code, dispatch_class, rule, severity, first_seen, last_seen,
                    opened_with)
                VALUES ('MACHINE', '1', 1, '320508', 'rescue', 'elevator-entrapment', 'EMERGENCY', '2026-03-01T00:00:00Z',
                    '2026-03-01T00:00:00Z', '{"load_kg": 75.5, "last": {"elevator-event": {"code": 11}}}'),
                    ('CODE', 'unknown', NULL, '', 'office', 'not-known', 'NOTICE', '2026-03-01T00:00:00Z', '2026-03-01T00:00:00Z', '{}');
                UPDATE alert SET state = 'closed', closed_at = now(), closed_by = 'boss', cause = 'WORK', note = 'n', cleared_at = now(),
                    acknowledged_at = now(), acknowledged_by = 'boss' WHERE alert_id = 2;
                INSERT INTO elevator_status (equipment_id, time, service_mode, car_running, load_kg)
                VALUES (1, '2026-03-01T00:00:00Z', 'normal', FALSE, 75.5);
                INSERT INTO alert_finding (equipment_id, stream, time, key_values, rule, alert_id)
                VALUES (1, 'elevator-status', '2026-03-01T00:00:00Z', '{}', 'elevator-entrapment', 1),
                       (1, 'cylinder-fill', '2026-03-01T00:00:00Z', '{GUN-1,GP-1}', 'elevator-entrapment', 1);
                INSERT INTO audit_entry (actor_kind, actor, action, subject_kind, subject, reason)
                VALUES ('system', 'alerting', 'alert.open', 'alert', '1', 'why');
                INSERT INTO silence (equipment_id, rule, reason, from_at, until_at, added_by)
                VALUES (1, 'elevator-entrapment', 'work', now(), now() + interval '1 hour', 'boss');
                INSERT INTO silence (division_code, reason, from_at, until_at, added_by, ended_at, ended_by)
                VALUES ('320508', 'work', now(), now() + interval '1 hour', 'boss', now(), 'boss');
                INSERT INTO rescue_case (equipment_id, division_code, place, origin, occurred_at)
                VALUES (1, '320508', '', 'TELEMETRY', now()), (NULL, '', 'somewhere', 'CALL', now());
                UPDATE rescue_case SET state = 'CLOSED', outcome = 'RELEASED', released_at = now(), closed_at = now(), next_due_at = NULL,
                    next_due = NULL, cause = 'HUMAN', rating = 5, trapped_count = 2 WHERE case_id = 2;
                INSERT INTO rescue_dispatch (case_id, level, automatic, unit, escalation, choice)
                VALUES (1, 1, TRUE, 'firm', 'FIRST', '{"distance_m": 12.5, "considered": [{"unit": "a", "on_duty": true, "why_not": ""}]}');
                INSERT INTO case_entry (case_id, step, state, actor_kind, actor, detail)
                VALUES (1, 'OPEN', 'TAKEN_IN', 'system', 'alerting', '{"level": 1, "parts": {}}');
                INSERT INTO case_alert VALUES (1, 1);
                INSERT INTO recipient (organisation_id, duty, name, addresses)
                VALUES (%1$d, 'OFFICE', 'office', '[{"channel": "mail", "to": "o@firm.example"}]'), (NULL, 'OFFICER', 'officer', '[]');
                INSERT INTO delivery (delivery_id, recipient_id, recipient_name, addresses, severity_rank, state, ended_at, confirmed_at, deadline_at)
                VALUES ('%5$s', 1, 'office', '[{"channel": "mail", "to": "o@firm.example"}]', 3, 'confirmed', now(), now(), now());
                INSERT INTO notice (notice_id, alert_id, occasion, severity, dispatch_class, state, routed_at)
                VALUES ('%4$s', 1, 'OPENED', 'EMERGENCY', 'rescue', 'routed', now());
                INSERT INTO delivery (delivery_id, notice_id, digest_id, recipient_id, recipient_name, addresses, severity_rank, state, reason,
                    attempts, ended_at, deadline_at)
                VALUES ('%4$s', '%4$s', '%5$s', 1, 'office', '[{"channel": "mail", "to": "o@firm.example"}]', 0, 'dead', 'no answer', 1, now(),
                    now());
                INSERT INTO delivery_attempt (delivery_id, attempt, channel, address, result, detail)
                VALUES ('%4$s', 1, 'mail', 'o@firm.example', 'refused', 'no answer'), ('%5$s', 1, 'mail', 'o@firm.example', 'confirmed', '');
                INSERT INTO audit_seal (seal_no, audit_id, hash) VALUES (1, 1, sha256('any'));
                INSERT INTO api_token (account_id, name, token_hash, scopes, expires_at)
                SELECT account_id, 'poor', sha256('tean_poor'), '{metrics:read}', clock_timestamp() + interval '1 day'
                FROM account WHERE name = 'boss';
                INSERT INTO api_token (account_id, name, token_hash, scopes, expires_at)
                SELECT account_id, 'rich', sha256('tean_rich'), '{%2$s}', clock_timestamp() + interval '1 day'
                FROM account WHERE name = 'boss';
                """.formatted(
                        maintainer,
                        Arrays.stream(TokenScope.values()).map(TokenScope::word).collect(Collectors.joining(",")),
                        UNIT,
                        DEAD,
                        TOLD_TOGETHER));
        InspectedCity.moveInto(house);
        unit = house.login("a-unit", Role.USE_UNIT, InspectedCity.UNIT_U, "");
        InspectedCity.freeze(house.database(), "2026-02");
        InspectedCity.freeze(house.database(), "2026-03");
    }

    @AfterAll
    static void close() {
        house.close();
    }

    static Stream<Route> all() {
        return Arrays.stream(Route.values()).filter(route -> route.kind().ofApi());
    }

    static Stream<Route> reading() {
        return all().filter(route -> !route.kind().changes());
    }

    static Stream<Route> closed() {
        return all().filter(route -> !(route.who() instanceof Who.Anyone));
    }

    static Stream<Route> withScope() {
        return all().filter(route -> route.tokenScope().isPresent());
    }

    static Stream<Route> forSomeRoles() {
        return all().filter(route -> route.who() instanceof Who.Roles);
    }

    static Stream<Route> readingOne() {
        return reading().filter(route -> route.path().contains(":"));
    }

    static Stream<Route> lists() {
        return reading()
                .filter(route -> CALLS.getOrDefault(route, List.of()).size() > 1
                        && !route.path().contains(":"));
    }

    @ParameterizedTest
    @MethodSource("reading")
    void goodRequest_isAnsweredAsTheContractSays(Route route) {
        for (String call : calls(route)) {
            assertThat(CONTRACT.problems("GET", call, Optional.empty()))
                    .as(call)
                    .isEmpty();
            for (HttpResponse<String> answer : List.of(boss.get(call), withToken("tean_rich", call))) {
                assertAnswer(route, answer, 200);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("closed")
    void stranger_isToldToLogIn(Route route) {
        assertAnswer(route, send(house.stranger(), route), 401);
        assertAnswer(route, send(house.stranger(), route, "Authorization", "Bearer tean_unknown"), 401);
    }

    @ParameterizedTest
    @MethodSource("forSomeRoles")
    void otherRole_isNotAllowed(Route route) {
        Set<Role> roles = ((Who.Roles) route.who()).roles();
        Person other = !roles.contains(Role.FIRM)
                ? firm
                : !roles.contains(Role.ADMINISTRATOR) ? boss : !roles.contains(Role.READ_ONLY) ? viewer : unit;
        assertAnswer(route, send(other, route), 403);
    }

    @ParameterizedTest
    @MethodSource("withScope")
    void tokenWithoutTheScope_isNotAllowed(Route route) {
        assertAnswer(route, send(house.stranger(), route, "Authorization", "Bearer tean_poor"), 403);
    }

    @ParameterizedTest
    @MethodSource("readingOne")
    void unknownThing_isNotFound(Route route) {
        for (String id : List.of("0", "999999999", "nobody", "%27%3B--", "99999999999999999999999")) {
            assertAnswer(route, boss.get(route.path().replaceFirst(":[a-z]+", id)), 404);
        }
    }

    @ParameterizedTest
    @MethodSource("lists")
    void parameterThatCannotBeUsed_isNamed(Route route) {
        for (String wrong : List.of("sort=colour", "page=0", "size=201", "page=x")) {
            HttpResponse<String> answer = boss.get(route.path() + "?" + wrong);
            assertAnswer(route, answer, 400);
            assertThat(answer.body()).contains("\"field\":\"" + wrong.replaceFirst("=.*", "") + "\"");
        }
    }

    @ParameterizedTest
    @MethodSource("lists")
    void listOfAnOrganisation_isAnsweredAsTheContractSays(Route route) {
        HttpResponse<String> answer = firm.get(route.path());
        assertAnswer(route, answer, route.who() instanceof Who.Roles ? 403 : 200);
    }

    @Test
    void statusOfTheCity_isNotFoundByAnOrganisation() {
        assertAnswer(Route.API_STATUS, viewer.get("/api/v1/status"), 404);
    }

    @Test
    void unknownAddressAndMethod_areProblemsToo() {
        HttpResponse<String> nothing = boss.get("/api/v1/nothing");
        assertThat(nothing.statusCode()).isEqualTo(404);
        assertThat(nothing.headers().firstValue("content-type")).hasValue("application/problem+json");
        HttpResponse<String> method = boss.postAsIs("/api/v1/me", Map.of());
        assertThat(method.statusCode()).isEqualTo(405);
        assertThat(method.headers().firstValue("content-type")).hasValue("application/problem+json");
    }

    @Test
    void contract_isServedToAnyone_asItIs() {
        HttpResponse<String> answer = house.stranger().get("/api/v1/openapi.yaml");
        assertAnswer(Route.API_CONTRACT, answer, 200);
        assertThat(answer.body()).isEqualTo(ApiContract.resource("openapi.yaml"));
    }

    private static List<String> calls(Route route) {
        return Objects.requireNonNull(CALLS.get(route), () -> "CALLS has no line for " + route);
    }

    /** The simplest request of a route. */
    private static HttpResponse<String> send(Person person, Route route, String... headers) {
        return route.kind().changes()
                ? person.send(person.request(route.path("1"), headers)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{}")))
                : person.get(calls(route).getFirst(), headers);
    }

    private static HttpResponse<String> withToken(String token, String call) {
        return house.stranger().get(call, "Authorization", "Bearer " + token);
    }

    private static void assertAnswer(Route route, HttpResponse<String> answer, int status) {
        String what = answer.request().method() + " " + answer.uri() + " → " + answer.body();
        assertThat(answer.statusCode()).as(what).isEqualTo(status);
        assertThat(CONTRACT.problems(route, answer)).as(what).isEmpty();
    }
}

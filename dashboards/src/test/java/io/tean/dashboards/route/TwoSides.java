package io.tean.dashboards.route;

import io.tean.core.audit.Actor;
import io.tean.core.equipment.EquipmentDecisions;
import io.tean.core.intake.FileIntake;
import io.tean.core.reading.DeadLetterDecisions;
import io.tean.dashboards.Dashboards;
import io.tean.dashboards.Forms;
import io.tean.dashboards.InspectedCity;
import io.tean.dashboards.NoDecisions;
import io.tean.dashboards.NotedInspections;
import io.tean.dashboards.OpenHouse;
import io.tean.dashboards.RecordedAlerts;
import io.tean.dashboards.RecordedMaintenance;
import io.tean.dashboards.RecordedNotices;
import io.tean.dashboards.RecordedRescue;
import io.tean.dashboards.Workbooks;
import io.tean.dashboards.access.Role;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.access.TokenScope;
import io.tean.dashboards.route.Caller.Badge;
import io.tean.dashboards.route.Caller.Seat;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A city with two of everything: in each of two divisions a maintenance firm, a filling station and a use unit, each with a holding of
 * its own; one holding that is nobody's; and an account of every role on the near side. Sessions and tokens come by SQL: a hundred
 * logins would take a minute.
 */
final class TwoSides implements AutoCloseable {
    static final String NEAR = "320505";
    static final String FAR = "320506";
    /** Whom administrators do things to. */
    static final String SUBJECT = "the-subject";

    /** A month that was reported. */
    static final String MONTH = "2025-11";

    private final Decided decided = new Decided();
    private final NotedInspections inspected = new NotedInspections();
    private final RecordedMaintenance maintenance = new RecordedMaintenance();
    private final RecordedAlerts alerts = new RecordedAlerts();
    private final RecordedRescue rescue = new RecordedRescue();
    private final RecordedNotices notices = new RecordedNotices();
    private final OpenHouse house = OpenHouse.open(
            // Without it no labels are printed.
            Map.of("TEAN_PUBLIC_URL", "http://tean.test"),
            new Dashboards.Decisions(
                    decided, decided, new NoDecisions(), decided, maintenance, inspected, alerts, rescue, notices));
    private final Connection owner;
    private final String everything;
    private final List<Holding> holdings = new ArrayList<>();
    private final List<Seat> seats = new ArrayList<>();
    private final HttpClient client =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    /** What callers carry, by caller and missing scope; who logs out carries it no more. */
    private final Map<String, String[]> badges = new HashMap<>();

    private int made;
    private String fingerprint = "";

    /** Dead letters that somebody decided about; nought stands for a machine, and less for a file. */
    static final class Decided implements DeadLetterDecisions, EquipmentDecisions, FileIntake {
        private final List<Long> letters = new ArrayList<>();

        @Override
        public synchronized boolean replay(long deadLetterId, Actor actor) {
            return letters.add(deadLetterId);
        }

        @Override
        public synchronized boolean discard(long deadLetterId, Actor actor) {
            return letters.add(deadLetterId);
        }

        @Override
        public synchronized Outcome change(
                String equipmentCode, Map<String, String> cells, String reason, Actor actor) {
            letters.add(0L);
            return new Outcome.Done();
        }

        @Override
        public List<FileIntake.Kind> kinds() {
            return new NoDecisions().kinds();
        }

        @Override
        public synchronized long start(String kind, Path file, String fileName, Mode mode, Actor actor) {
            letters.add(-1L);
            return 1;
        }

        @Override
        public void writeCorrections(long importId, OutputStream out) {}

        @Override
        public void writeTemplate(String kind, OutputStream out) {}

        synchronized int count() {
            return letters.size();
        }
    }

    private TwoSides() throws SQLException {
        owner = house.database().owner();
        everything = text("""
                SELECT string_agg(format('SELECT %L AS name, md5(coalesce(string_agg(r::text, ''|'' ORDER BY r::text), '''')) AS hash'
                                         ' FROM (SELECT %s FROM public.%I) r', t.table_name, t.columns, t.table_name), ' UNION ALL ')
                FROM (SELECT c.table_name, string_agg(quote_ident(c.column_name), ', ') AS columns
                      FROM information_schema.columns c JOIN information_schema.tables USING (table_schema, table_name)
                      WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND c.column_name <> 'last_used'
                      GROUP BY c.table_name) t
                """);
        furnish();
    }

    static TwoSides open() {
        try {
            return new TwoSides();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot reach the database as its owner", e);
        }
    }

    private void furnish() {
        int number = 0;
        for (String division : List.of(NEAR, FAR)) {
            for (String kind : List.of("MAINTENANCE_FIRM", "FILLING_STATION", "USE_UNIT")) {
                String marker = kind.toLowerCase(java.util.Locale.ROOT).replace('_', '-') + "-" + division + "-marker";
                String code = division + "0000MATRIX" + String.format("%02d", number++);
                int organisation = house.addOrganisation(code, kind, "Organisation " + marker, division);
                holdings.add(hold(marker, OptionalInt.of(organisation), code, kind, division));
            }
        }
        holdings.add(hold("nobodys-marker", OptionalInt.empty(), "", "", ""));
        // Bound once, and not any more: the use unit does not see the far firm's device for that.
        execute("""
                INSERT INTO device_binding (device_id, equipment_code, bound_from, bound_to)
                SELECT 'device-maintenance-firm-%s-marker', 'equipment-use-unit-%s-marker', now() - interval '9 days', now() - interval '1 day'
                """.formatted(FAR, NEAR));
        InspectedCity.freeze(house.database(), MONTH);
        execute("""
                INSERT INTO import_run (kind, file_name, sha256, mode, bytes, actor_kind, actor)
                VALUES ('equipment', 'machines.csv', '0', 'ACCEPT_GOOD', 1, 'account', 'somebody')
                """);
        house.addAccount(SUBJECT, Role.INSPECTOR, "", "");
        Scope near = new Scope.Division(NEAR);
        seat(Role.DISPATCHER, new Scope.City());
        seat(Role.DISPATCHER, near);
        seat(Role.INSPECTOR, new Scope.City());
        seat(Role.INSPECTOR, near);
        seat(Role.FIRM, organisation(0));
        seat(Role.STATION, organisation(1));
        seat(Role.USE_UNIT, organisation(2));
        seat(Role.ADMINISTRATOR, new Scope.City());
        seat(Role.READ_ONLY, new Scope.City());
        seat(Role.READ_ONLY, near);
        seat(Role.READ_ONLY, organisation(0));
    }

    private Scope organisation(int holding) {
        return new Scope.Organisation(holdings.get(holding).organisation().orElseThrow());
    }

    private Holding hold(String marker, OptionalInt organisation, String code, String kind, String division) {
        String id = organisation.isPresent() ? Integer.toString(organisation.getAsInt()) : "NULL";
        boolean runs = !kind.equals("USE_UNIT");
        boolean uses = !kind.equals("MAINTENANCE_FIRM");
        execute("""
                INSERT INTO equipment (code, category, name, division_code, use_unit_id)
                VALUES ('equipment-%1$s', 'elevator', 'Equipment %1$s', nullif('%2$s', ''), %3$s);
                INSERT INTO device (device_id, token_hash, organisation_id) VALUES ('device-%1$s', sha256('%1$s'), %4$s);
                INSERT INTO device_binding (device_id, equipment_code) VALUES ('device-%1$s', 'equipment-%1$s');
                INSERT INTO device_contact (device_id, last_contact) VALUES ('device-%1$s', now());
                INSERT INTO operator (certificate_no, name, organisation_id) VALUES ('certificate-%1$s', 'Operator %1$s', %5$s);
                INSERT INTO operator_certificate (operator_id, item, from_on, until_on)
                SELECT operator_id, 'T', '2026-01-01', '2027-01-01' FROM operator WHERE certificate_no = 'certificate-%1$s';
                INSERT INTO cylinder (code, type, medium, volume_litre, station_id) VALUES ('cylinder-%1$s', 'LPG', 'LPG', 35.5, %5$s);
                INSERT INTO cylinder_fill (equipment_id, time, filling_gun_id, cylinder_code, net_fill_kg)
                SELECT equipment_id, now(), 'gun-%1$s', 'cylinder-%1$s', 14.4 FROM equipment WHERE code = 'equipment-%1$s';
                """.formatted(marker, division, uses ? id : "NULL", runs ? id : "NULL", id));
        long letter = number("""
                INSERT INTO dead_letter (received_at, device_id, equipment_code, stream, reason, detail, payload, last_received)
                VALUES (now(), 'device-%1$s', 'equipment-%1$s', 'elevator-status', 'out-of-range', 'detail-%1$s',
                        convert_to('{"speed":"payload-%1$s"}', 'UTF8'), now())
                RETURNING dead_letter_id
                """.formatted(marker));
        long entry = number("""
                INSERT INTO audit_entry (actor_kind, actor, source, action, subject_kind, subject, organisation_id, before, after)
                VALUES ('command', 'actor-%1$s', '192.0.2.1', 'device.bind', 'device', 'device-%1$s', %2$s, '{}', '{"to":"after-%1$s"}')
                RETURNING audit_id
                """.formatted(marker, id));
        holdInspection(marker);
        String firm = runs ? id : "NULL";
        execute("""
                INSERT INTO duty (equipment_id, kind, from_on, due_on, rule, category, division_code, use_unit_id, answerable_id)
                SELECT equipment_id, 'MAINTENANCE', '2026-01-01', '2026-01-16', 'maintenance-half-month', 'ELEVATOR', '%2$s', use_unit_id, %3$s
                FROM equipment WHERE code = 'equipment-%1$s';
                INSERT INTO duty_count (kind, day, division_code, category, answerable_id, base, inside)
                VALUES ('MAINTENANCE', '2026-01-01', '%2$s', 'ELEVATOR', coalesce(%3$s, 0), 1, 0) ON CONFLICT DO NOTHING;
                INSERT INTO contract (contract_no, equipment_id, firm_id, from_on)
                SELECT 'contract-%1$s', equipment_id, %3$s, '2026-01-01' FROM equipment WHERE code = 'equipment-%1$s' AND %3$s IS NOT NULL
                """.formatted(marker, division, firm));
        long visit = number("""
                INSERT INTO maintenance_record (equipment_id, visit_no, firm_id, level, check_out_at, workers, source, added_by)
                SELECT equipment_id, 'visit-%1$s', %2$s, 'HALF_MONTH', '2026-01-01T08:00:00Z', '{worker-%1$s}', 'api', 'adder-%1$s'
                FROM equipment WHERE code = 'equipment-%1$s' RETURNING record_id
                """.formatted(marker, firm));
        long suspension = number("""
                INSERT INTO overdue_suspension (equipment_id, from_on, until_on, reason, added_by)
                SELECT equipment_id, '2026-01-01', '2099-01-01', 'flood-%1$s', 'adder-%1$s'
                FROM equipment WHERE code = 'equipment-%1$s' RETURNING suspension_id
                """.formatted(marker));
        long alert = number("""
                INSERT INTO alert (subject_kind, subject, dispatch_class, equipment_id, division_code, rule, severity, first_seen, last_seen)
                SELECT 'MACHINE', equipment_id::text, 'rescue', equipment_id, '%2$s', 'rule-%1$s', '%3$s', now(), now()
                FROM equipment WHERE code = 'equipment-%1$s' RETURNING alert_id
                """.formatted(marker, division, holdings.isEmpty() ? "EMERGENCY" : "WARNING"));
        long silence = number("""
                INSERT INTO silence (equipment_id, reason, from_at, until_at, added_by)
                SELECT equipment_id, 'silence-%1$s', now() - interval '2 days', now() + interval '1 day', 'adder-%1$s'
                FROM equipment WHERE code = 'equipment-%1$s' RETURNING silence_id
                """.formatted(marker));
        long opened = number("""
                INSERT INTO rescue_case (equipment_id, division_code, place, origin, occurred_at)
                SELECT equipment_id, '%2$s', 'place-%1$s', 'CALL', now() FROM equipment WHERE code = 'equipment-%1$s' RETURNING case_id
                """.formatted(marker, division));
        long called = number("""
                INSERT INTO rescue_dispatch (case_id, level, automatic, unit, escalation) VALUES (%d, 2, TRUE, 'unit-%s', 'FIRST')
                RETURNING dispatch_id
                """.formatted(opened, marker));
        rescue.link("link-of-" + opened, opened, called, "unit-" + marker);
        return new Holding(
                marker,
                organisation,
                code,
                division,
                "device-" + marker,
                letter,
                entry,
                visit,
                suspension,
                new Holding.Alarm(alert, silence),
                opened,
                tell(marker, alert, id));
    }

    /** Somebody of the organisation is told of the alert; of none it is an officer of the whole city. */
    private Holding.Told tell(String marker, long alert, String organisation) {
        long recipient = number("""
                INSERT INTO recipient (organisation_id, duty, name, addresses)
                VALUES (%2$s, CASE WHEN %2$s IS NULL THEN 'OFFICER' ELSE 'OFFICE' END, 'Recipient %1$s', '[{"channel": "mail", "to": "a@%1$s"}]')
                RETURNING recipient_id
                """.formatted(marker, organisation));
        String notice =
                UUID.nameUUIDFromBytes(marker.getBytes(StandardCharsets.UTF_8)).toString();
        execute("""
                INSERT INTO notice (notice_id, alert_id, occasion, severity, dispatch_class, state, routed_at)
                VALUES ('%1$s', %2$d, 'OPENED', 'WARNING', 'office', 'routed', now());
                INSERT INTO delivery (delivery_id, notice_id, recipient_id, recipient_name, addresses, severity_rank, state, reason, ended_at,
                    deadline_at)
                SELECT '%1$s', '%1$s', recipient_id, name, addresses, 2, 'dead', 'reason-%4$s', now(), now()
                FROM recipient WHERE recipient_id = %3$d;
                INSERT INTO delivery_attempt (delivery_id, attempt, channel, address, result, detail)
                VALUES ('%1$s', 1, 'mail', 'a@%4$s', 'refused', 'detail-%4$s')
                """.formatted(notice, alert, recipient, marker));
        return new Holding.Told(notice, recipient);
    }

    /** The equipment is due and late, and submitted. */
    private void holdInspection(String marker) {
        execute("""
                INSERT INTO submission (submission_no, equipment_id, kind, state, division_code, category, use_unit_id, submitted_on)
                SELECT 'submission-%1$s', equipment_id, 'PERIODIC_INSPECTION', 'SUBMITTED', coalesce(division_code, ''), category, use_unit_id,
                    '2026-01-05'
                FROM equipment WHERE code = 'equipment-%1$s'
                """.formatted(marker));
        InspectedCity.duty(house.database(), "equipment-" + marker, "2025-01-01", "infinity", "2025-12-31");
    }

    private void seat(Role role, Scope scope) {
        String organisation = scope instanceof Scope.Organisation(int id) ? Integer.toString(id) : "NULL";
        String division = scope instanceof Scope.Division(String code) ? code : "";
        String name = role.word()
                + switch (scope) {
                    case Scope.City() -> ".city";
                    case Scope.Division ignored -> ".division";
                    case Scope.Organisation ignored -> ".organisation";
                };
        int id = (int) number("""
                INSERT INTO account (name, display_name, role, organisation_id, division_code, password_hash)
                SELECT '%s', 'Somebody', '%s', %s, nullif('%s', ''), password_hash FROM account WHERE name = '%s'
                RETURNING account_id
                """.formatted(name, role, organisation, division, SUBJECT));
        seats.add(new Seat(id, name, role, scope));
    }

    /** Of a file that was taken in. */
    String importId() {
        return text("SELECT max(import_id) FROM import_run");
    }

    OpenHouse house() {
        return house;
    }

    List<Holding> holdings() {
        return List.copyOf(holdings);
    }

    List<Seat> seats() {
        return List.copyOf(seats);
    }

    Seat seat(Role role) {
        return seats.stream().filter(seat -> seat.role() == role).findFirst().orElseThrow();
    }

    /** Everyone that a rule may tell apart. */
    List<Caller> callers() {
        List<Caller> callers = new ArrayList<>();
        callers.add(Caller.stranger());
        for (Seat seat : seats) {
            callers.add(new Caller(seat.account(), Optional.of(seat), Badge.SESSION));
            callers.add(new Caller("token of " + seat.account(), Optional.of(seat), Badge.TOKEN));
            callers.add(new Caller(
                    "token without the scope of " + seat.account(), Optional.of(seat), Badge.TOKEN_WITHOUT_SCOPE));
        }
        for (Role role : List.of(Role.ADMINISTRATOR, Role.FIRM)) {
            Seat seat = seat(role);
            int id = (int) number("""
                    INSERT INTO account (name, display_name, role, organisation_id, password_hash, one_time_until)
                    SELECT name || '.due', display_name, role, organisation_id, password_hash, now() + interval '1 day'
                    FROM account WHERE account_id = %d RETURNING account_id
                    """.formatted(seat.id()));
            callers.add(new Caller(
                    role.word() + " whose password is due",
                    Optional.of(new Seat(id, seat.account() + ".due", role, seat.scope())),
                    Badge.SESSION_WITH_PASSWORD_DUE));
        }
        return callers;
    }

    /** Opens a session and answers its cookie. */
    String session(Seat seat) {
        String cookie = "cookie-" + made++;
        execute("""
                INSERT INTO web_session (session_hash, account_id, rights_revision, source)
                SELECT sha256('%s'), account_id, rights_revision, '192.0.2.1' FROM account WHERE account_id = %d
                """.formatted(cookie, seat.id()));
        return cookie;
    }

    /** Makes a token and answers its word. */
    String token(int account, Set<TokenScope> scopes) {
        String word = "tean_word-" + made++;
        addToken(account, word, scopes);
        return word;
    }

    /** Makes a token that nobody uses and answers its id. */
    long tokenId(int account) {
        return addToken(account, "tean_idle-" + made++, EnumSet.allOf(TokenScope.class));
    }

    private long addToken(int account, String word, Set<TokenScope> scopes) {
        String words = scopes.stream().map(scope -> "'" + scope.word() + "'").collect(Collectors.joining(","));
        return number("""
                INSERT INTO api_token (account_id, name, token_hash, scopes, expires_at)
                VALUES (%1$d, 'of-account-%1$d-%2$s', sha256('%2$s'), ARRAY[%3$s], now() + interval '1 day') RETURNING token_id
                """.formatted(account, word, words));
    }

    int accountId(String name) {
        return (int) number("SELECT account_id FROM account WHERE name = '" + name + "'");
    }

    /** What the caller carries to this route. */
    String[] badge(Caller caller, Route route) {
        if (route == Route.LOGOUT) {
            return freshBadge(caller, route);
        }
        String scope = route.tokenScope().map(TokenScope::word).orElse("");
        return badges.computeIfAbsent(caller + " " + scope, key -> freshBadge(caller, route));
    }

    private String[] freshBadge(Caller caller, Route route) {
        return switch (caller.badge()) {
            case NOTHING -> new String[0];
            case SESSION, SESSION_WITH_PASSWORD_DUE ->
                new String[] {"Cookie", "tean-session=" + session(caller.account())};
            case TOKEN -> bearer(token(caller.account().id(), EnumSet.allOf(TokenScope.class)));
            case TOKEN_WITHOUT_SCOPE -> {
                EnumSet<TokenScope> scopes = EnumSet.allOf(TokenScope.class);
                route.tokenScope().ifPresent(scopes::remove);
                yield bearer(token(caller.account().id(), scopes));
            }
        };
    }

    static String[] bearer(String word) {
        return new String[] {"Authorization", "Bearer " + word};
    }

    /** The word that a page of the browser with these headers would hold. */
    static String csrf(String[] headers) {
        int at = Arrays.asList(headers).indexOf("Cookie");
        return at < 0 ? "" : Csrf.word(headers[at + 1].replaceFirst("^tean-(session|visit)=", ""));
    }

    /** What to send so that the handler of a changing route finds nothing wrong with it. */
    Map<String, String> fields(Route route) {
        String fresh = "fresh-" + made++;
        return switch (route) {
            case LOGIN_ENTER -> Map.of("name", SUBJECT, "password", OpenHouse.PASSWORD);
            case TOKEN_ADD -> Map.of("name", fresh, "scope", TokenScope.DEVICES_READ.word(), "days", "90");
            case ACCOUNT_ADD -> Map.of("name", fresh, "display-name", "Fresh", "role", "inspector");
            case ACCOUNT_CHANGE -> Map.of("display-name", fresh, "role", "inspector");
            case ALERT_ACKNOWLEDGE, API_ALERT_ACKNOWLEDGE -> Map.of("note", fresh);
            case ALERT_CLOSE, API_ALERT_CLOSE -> Map.of("cause", "GENUINE", "note", fresh);
            case ALERT_END_OF_ALARM -> Map.of("cause", "GENUINE", "note", fresh, "safe", "yes");
            case API_ALERT_END_OF_ALARM -> Map.of("cause", "GENUINE", "note", fresh, "safe", "true");
            case BOARD_TAKE_IN -> Map.of("place", fresh);
            case CASE_STEP -> Map.of("move", "note", "text", fresh);
            case RESCUER_STEP -> Map.of("move", "answer");
            case SILENCE_ADD -> Map.of("division", NEAR, "until", tomorrow(), "reason", fresh);
            case API_SILENCE_ADD -> Map.of("division_code", NEAR, "until", tomorrow(), "reason", fresh);
            case VISIT_ADD -> visit(fresh, "equipment", "equipment-maintenance-firm-" + NEAR + "-marker");
            case VISIT_SUPERSEDE -> visit(fresh, "reason", "it was otherwise");
            case VISIT_DECIDE -> Map.of("decision", "accept", "reason", "seen it");
            case SUSPENSION_ADD ->
                Map.of("division", NEAR, "first-day", "2026-02-01", "last-day", "2026-02-03", "reason", "flood");
            case SUSPENSION_END -> Map.of("last-day", "2026-02-01");
            case API_VISIT_ADD -> sent(fresh, "equipment_code", "equipment-maintenance-firm-" + NEAR + "-marker");
            case API_VISIT_SUPERSEDE -> sent(fresh, "reason", "it was otherwise");
            case API_VISIT_DECIDE -> Map.of("accepted", "true", "reason", "seen it");
            case EQUIPMENT_CHANGE, API_EQUIPMENT_CHANGE -> Map.of("name", fresh, "reason", "why");
            case API_ACCOUNT_ADD -> Map.of("name", fresh, "display_name", "Fresh", "role", "inspector");
            case INSPECTION_SUBMISSION_ADD ->
                Map.of(
                        "submission-no",
                        fresh,
                        "equipment-code",
                        "equipment-use-unit-" + NEAR + "-marker",
                        "kind",
                        "PERIODIC_INSPECTION",
                        "submitted-on",
                        "2026-02-01");
            case API_INSPECTION_SUBMISSION_ADD ->
                Map.of(
                        "submission_no",
                        fresh,
                        "equipment_code",
                        "equipment-use-unit-" + NEAR + "-marker",
                        "kind",
                        "PERIODIC_INSPECTION",
                        "submitted_on",
                        "2026-02-01");
            case INSPECTION_SUBMISSION_STEP, API_INSPECTION_SUBMISSION_STEP ->
                Map.of("step", "accepted", "on", "2026-02-01");
            case RECIPIENT_ADD, RECIPIENT_CHANGE ->
                Map.of(
                        "duty",
                        "OFFICER",
                        "name",
                        fresh,
                        "language",
                        "zh",
                        "digest",
                        "DAY",
                        "channel-1",
                        "mail",
                        "to-1",
                        "a@b.example");
            case API_RECIPIENT_ADD, API_RECIPIENT_CHANGE ->
                Map.of(
                        "duty",
                        "OFFICER",
                        "name",
                        fresh,
                        "addresses",
                        "[{\"channel\":\"mail\",\"to\":\"a@b.example\"}]");
            case CHANNEL_TEST, API_CHANNEL_TEST -> Map.of("channel", "mail", "to", "a@b.example");
            case INSPECTION_FREEZE, API_INSPECTION_FREEZE -> Map.of("month", "2026-01");
            default -> Map.of();
        };
    }

    private static String tomorrow() {
        return Instant.now().plus(Duration.ofDays(1)).toString();
    }

    private static Map<String, String> visit(String number, String beside, String value) {
        return Map.of(
                "visit-no",
                number,
                "level",
                "half_month",
                "check-out",
                "2026-02-01T08:00",
                "workers",
                "T-1 T-2",
                beside,
                value);
    }

    private static Map<String, String> sent(String number, String beside, String value) {
        return Map.of(
                "visit_no",
                number,
                "level",
                "half_month",
                "check_out_at",
                "2026-02-01T00:00:00Z",
                "workers",
                "[\"T-1\",\"T-2\"]",
                beside,
                value);
    }

    /** A value that looks like a list or a truth value is one. */
    private static String json(String value) {
        return value.startsWith("[") || value.equals("true") ? value : "\"" + value + "\"";
    }

    /** Asks a route as its method wants it; a change carries the word. */
    HttpResponse<String> ask(Route route, String path, String[] headers) {
        return route.kind().changes()
                ? change(route, path, headers, csrf(headers))
                : send(HttpRequest.newBuilder(house.address(path)).GET(), headers);
    }

    /** Asks for a change with this word, or without one. */
    HttpResponse<String> change(Route route, String path, String[] headers, String word) {
        HttpRequest.Builder request = HttpRequest.newBuilder(house.address(path));
        Map<String, String> fields = fields(route);
        if (!word.isEmpty()) {
            request.header(Csrf.HEADER, word);
        }
        if (route.kind() == Route.Kind.UPLOAD) {
            Forms.multipart(request, Map.of("kind", "equipment", "mode", "ACCEPT_GOOD"), "a.csv", "code,name\n");
        } else if (route.kind().ofApi()) {
            String json = fields.entrySet().stream()
                    .map(field -> "\"" + field.getKey() + "\":" + json(field.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
            request.header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(fields.isEmpty() ? "{}" : json));
        } else {
            String form = fields.entrySet().stream()
                    .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining("&"));
            request.header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(form));
        }
        return send(request, headers);
    }

    HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
        HttpRequest.Builder complete = headers.length == 0 ? request : request.headers(headers);
        try {
            return client.send(complete.timeout(Duration.ofSeconds(20)).build(), TwoSides::body);
        } catch (IOException e) {
            throw new IllegalStateException("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** A stream of events never ends: its head is enough. */
    private static HttpResponse.BodySubscriber<String> body(HttpResponse.ResponseInfo head) {
        boolean endless = head.headers().firstValue("content-type").orElse("").startsWith("text/event-stream");
        if (head.headers().firstValue("content-type").orElse("").endsWith(".sheet")) {
            return HttpResponse.BodySubscribers.mapping(HttpResponse.BodySubscribers.ofByteArray(), Workbooks::text);
        }
        return endless
                ? HttpResponse.BodySubscribers.mapping(HttpResponse.BodySubscribers.ofPublisher(), ignored -> "")
                : HttpResponse.BodySubscribers.ofString(StandardCharsets.UTF_8);
    }

    /** Another text for every other content of the database, and every decision. */
    String fingerprint() {
        fingerprint = decided.count() + " " + inspected.made().size() + " " + maintenance.made() + " "
                + alerts.made().size() + " " + rescue.made().size() + " "
                + notices.made().size() + " "
                + text("SELECT string_agg(name || hash, ',' ORDER BY name) FROM (" + everything + ") t");
        return fingerprint;
    }

    /** The fingerprint as it was last, where nothing may have changed it since. */
    String lastFingerprint() {
        return fingerprint.isEmpty() ? fingerprint() : fingerprint;
    }

    /** Says that something may have changed what is there. */
    void touched() {
        fingerprint = "";
    }

    private void execute(String sql) {
        touched();
        try (var statement = owner.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private long number(String sql) {
        touched();
        return Long.parseLong(text(sql));
    }

    private String text(String sql) {
        try (var statement = owner.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return String.valueOf(row.getString(1));
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() throws SQLException {
        client.shutdownNow();
        owner.close();
        house.close();
    }
}

package io.tean.dashboards.route;

import static io.tean.dashboards.access.Role.*;
import static io.tean.dashboards.access.TokenScope.*;
import static io.tean.dashboards.route.Route.Kind.*;
import static io.tean.dashboards.route.Who.*;
import static io.tean.dashboards.route.Within.*;

import io.tean.dashboards.access.Scope;
import io.tean.dashboards.access.TokenScope;
import io.tean.dashboards.access.Viewer;
import io.tean.dashboards.screen.Word;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The table of all routes: what it is, its path, who may come, whose rows it holds. A constant cannot be written without its rules, the
 * door refuses to open when one has no handler, and the access matrix is tested from this table.
 */
public enum Route {
    HOME(PAGE, "/", signedIn(), NOTHING_OF_ANYONE),
    LOGIN(PAGE, "/login", anyone(), NOTHING_OF_ANYONE),
    LOGIN_ENTER(CHANGE, "/login", anyone(), NOTHING_OF_ANYONE),
    LOGOUT(CHANGE, "/logout", signedIn(), OWN_ACCOUNT),
    PASSWORD(PAGE, "/password", signedIn(), OWN_ACCOUNT),
    PASSWORD_CHANGE(CHANGE, "/password", signedIn(), OWN_ACCOUNT),

    STATUS(PAGE, "/status", bureau(), BUREAU, Section.OPERATION, Word.STATUS),

    INSPECTION_EXPORT(EXPORT, "/inspection.csv", signedIn(), Within.INSPECTION),
    INSPECTION_WORKBOOK(EXPORT, "/inspection.xlsx", signedIn(), Within.INSPECTION),
    INSPECTION_FIRMS(PAGE, "/inspection/firms", signedIn(), Within.INSPECTION),
    INSPECTION_FIRMS_EXPORT(EXPORT, "/inspection/firms.csv", signedIn(), Within.INSPECTION),
    INSPECTION_FIRMS_WORKBOOK(EXPORT, "/inspection/firms.xlsx", signedIn(), Within.INSPECTION),
    INSPECTION_TREND(PAGE, "/inspection/trend", signedIn(), Within.INSPECTION),
    INSPECTION_COMPARISON(PAGE, "/inspection/comparison", bureau(), BUREAU),
    INSPECTION_COMPARISON_EXPORT(EXPORT, "/inspection/comparison.csv", bureau(), BUREAU),
    INSPECTION_COMPARISON_WORKBOOK(EXPORT, "/inspection/comparison.xlsx", bureau(), BUREAU),
    API_INSPECTION_TREND(API, "/api/v1/inspection/trend", signedIn(), Within.INSPECTION, INSPECTION_READ),
    API_INSPECTION_COMPARISON(API, "/api/v1/inspection/comparison", bureau(), BUREAU, INSPECTION_READ),
    MAINTENANCE_CALENDAR(PAGE, "/maintenance/calendar", signedIn(), Within.MAINTENANCE),
    API_MAINTENANCE_CALENDAR(API, "/api/v1/maintenance/calendar", signedIn(), Within.MAINTENANCE, MAINTENANCE_READ),
    OVERVIEW(PAGE, "/overview", bureau(), BUREAU, Section.RESCUE, Word.NAV_OVERVIEW),
    API_OVERVIEW(API, "/api/v1/overview", bureau(), BUREAU, FIGURES_READ),

    ALERTS(PAGE, "/alerts", signedIn(), Within.ALERTS, Section.RESCUE, Word.NAV_ALERTS),
    ALERTS_EXPORT(EXPORT, "/alerts.csv", signedIn(), Within.ALERTS),
    ALERTS_WORKBOOK(EXPORT, "/alerts.xlsx", signedIn(), Within.ALERTS),
    ALERT(PAGE, "/alerts/:alert", signedIn(), Within.ALERTS),
    ALERT_ACKNOWLEDGE(
            CHANGE, "/alerts/:alert/acknowledge", only(DISPATCHER, INSPECTOR, FIRM, ADMINISTRATOR), Within.ALERTS),
    ALERT_CLOSE(CHANGE, "/alerts/:alert/close", only(DISPATCHER, INSPECTOR, ADMINISTRATOR), Within.ALERTS),
    ALERT_END_OF_ALARM(
            CHANGE, "/alerts/:alert/end-of-alarm", only(DISPATCHER, INSPECTOR, ADMINISTRATOR), Within.ALERTS),
    SILENCES(PAGE, "/silences", signedIn(), Within.ALERTS),
    SILENCE_ADD(CHANGE, "/silences", only(DISPATCHER, INSPECTOR, ADMINISTRATOR), Within.ALERTS),
    SILENCE_END(CHANGE, "/silences/:silence/end", only(DISPATCHER, INSPECTOR, ADMINISTRATOR), Within.ALERTS),

    BOARD(PAGE, "/board", bureau(), BUREAU, Section.RESCUE, Word.NAV_BOARD),
    BOARD_CALL(PAGE, "/board/call", only(DISPATCHER, ADMINISTRATOR), BUREAU),
    BOARD_TAKE_IN(CHANGE, "/board/call", only(DISPATCHER, ADMINISTRATOR), BUREAU),
    CASES(PAGE, "/cases", signedIn(), Within.CASES, Section.RESCUE, Word.NAV_CASES),
    CASES_EXPORT(EXPORT, "/cases.csv", signedIn(), Within.CASES),
    CASES_WORKBOOK(EXPORT, "/cases.xlsx", signedIn(), Within.CASES),
    CASE(PAGE, "/cases/:case", signedIn(), Within.CASES),
    CASE_STEP(CHANGE, "/cases/:case/step", only(DISPATCHER, ADMINISTRATOR), Within.CASES),
    // No login and no CSRF word: a crew has no account, and whoever can name the address has the secret already.
    RESCUER(PAGE, "/r/:link", linkHolder(), LINKED_CALL),
    RESCUER_STEP(CHANGE, "/r/:link", linkHolder(), LINKED_CALL),

    DEVICES(PAGE, "/devices", signedIn(), Within.DEVICES, Section.OPERATION, Word.NAV_DEVICES),
    DEVICES_EXPORT(EXPORT, "/devices.csv", signedIn(), Within.DEVICES),
    DEVICES_WORKBOOK(EXPORT, "/devices.xlsx", signedIn(), Within.DEVICES),
    DEVICE(PAGE, "/devices/:device", signedIn(), Within.DEVICES),

    DEAD_LETTERS(PAGE, "/dead-letters", signedIn(), Within.DEAD_LETTERS, Section.OPERATION, Word.DEAD_LETTERS),
    DEAD_LETTERS_EXPORT(EXPORT, "/dead-letters.csv", signedIn(), Within.DEAD_LETTERS),
    DEAD_LETTERS_WORKBOOK(EXPORT, "/dead-letters.xlsx", signedIn(), Within.DEAD_LETTERS),
    DEAD_LETTER(PAGE, "/dead-letters/:letter", signedIn(), Within.DEAD_LETTERS),
    DEAD_LETTER_PAYLOAD(EXPORT, "/dead-letters/:letter/payload", signedIn(), Within.DEAD_LETTERS),
    DEAD_LETTER_REPLAY(CHANGE, "/dead-letters/:letter/replay", only(ADMINISTRATOR), Within.DEAD_LETTERS),
    DEAD_LETTER_DISCARD(CHANGE, "/dead-letters/:letter/discard", only(ADMINISTRATOR), Within.DEAD_LETTERS),

    // Before a machine's page, whose address is theirs too.
    EQUIPMENT_LABELS(PAGE, "/equipment/labels", signedIn(), Within.EQUIPMENT),
    EQUIPMENT(PAGE, "/equipment", signedIn(), Within.EQUIPMENT, Section.REGISTER, Word.NAV_EQUIPMENT),
    EQUIPMENT_EXPORT(EXPORT, "/equipment.csv", signedIn(), Within.EQUIPMENT),
    EQUIPMENT_WORKBOOK(EXPORT, "/equipment.xlsx", signedIn(), Within.EQUIPMENT),
    EQUIPMENT_ENTRY(PAGE, "/equipment/:code", signedIn(), Within.EQUIPMENT),
    EQUIPMENT_FORM(PAGE, "/equipment/:code/change", only(ADMINISTRATOR, INSPECTOR), Within.EQUIPMENT),
    EQUIPMENT_CHANGE(CHANGE, "/equipment/:code/change", only(ADMINISTRATOR, INSPECTOR), Within.EQUIPMENT),
    ORGANISATIONS(PAGE, "/organisations", signedIn(), Within.ORGANISATIONS, Section.REGISTER, Word.NAV_ORGANISATIONS),
    ORGANISATIONS_EXPORT(EXPORT, "/organisations.csv", signedIn(), Within.ORGANISATIONS),
    ORGANISATIONS_WORKBOOK(EXPORT, "/organisations.xlsx", signedIn(), Within.ORGANISATIONS),
    ORGANISATION(PAGE, "/organisations/:organisation", signedIn(), Within.ORGANISATIONS),
    OPERATORS(PAGE, "/operators", signedIn(), Within.OPERATORS, Section.REGISTER, Word.NAV_OPERATORS),
    OPERATORS_EXPORT(EXPORT, "/operators.csv", signedIn(), Within.OPERATORS),
    OPERATORS_WORKBOOK(EXPORT, "/operators.xlsx", signedIn(), Within.OPERATORS),
    CYLINDERS(PAGE, "/cylinders", signedIn(), Within.CYLINDERS, Section.REGISTER, Word.NAV_CYLINDERS),
    CYLINDERS_EXPORT(EXPORT, "/cylinders.csv", signedIn(), Within.CYLINDERS),
    CYLINDERS_WORKBOOK(EXPORT, "/cylinders.xlsx", signedIn(), Within.CYLINDERS),
    CYLINDER(PAGE, "/cylinders/:cylinder", signedIn(), Within.CYLINDERS),
    IMPORTS(PAGE, "/imports", only(ADMINISTRATOR, INSPECTOR), Within.IMPORTS, Section.REGISTER, Word.NAV_IMPORTS),
    IMPORTS_EXPORT(EXPORT, "/imports.csv", only(ADMINISTRATOR, INSPECTOR), Within.IMPORTS),
    IMPORTS_WORKBOOK(EXPORT, "/imports.xlsx", only(ADMINISTRATOR, INSPECTOR), Within.IMPORTS),
    IMPORT_NEW(PAGE, "/imports/new", only(ADMINISTRATOR, INSPECTOR), Within.IMPORTS),
    IMPORT_SEND(UPLOAD, "/imports/new", only(ADMINISTRATOR, INSPECTOR), Within.IMPORTS),
    IMPORT_TEMPLATE(EXPORT, "/imports/templates/:kind", only(ADMINISTRATOR, INSPECTOR), Within.IMPORTS),
    IMPORT(PAGE, "/imports/:import", only(ADMINISTRATOR, INSPECTOR), Within.IMPORTS),
    IMPORT_CORRECTIONS(EXPORT, "/imports/:import/corrections", only(ADMINISTRATOR, INSPECTOR), Within.IMPORTS),
    FILLING(PAGE, "/filling", bureauAndStations(), Within.FILLS, Section.REGISTER, Word.NAV_FILLING),
    FILLING_EXPORT(EXPORT, "/filling.csv", bureauAndStations(), Within.FILLS),
    FILLING_WORKBOOK(EXPORT, "/filling.xlsx", bureauAndStations(), Within.FILLS),
    FILLS(PAGE, "/filling/fills", bureauAndStations(), Within.FILLS),
    FILLS_EXPORT(EXPORT, "/filling/fills.csv", bureauAndStations(), Within.FILLS),
    FILLS_WORKBOOK(EXPORT, "/filling/fills.xlsx", bureauAndStations(), Within.FILLS),
    // The label on a machine leads here, and whoever stands before it has no account.
    LOOKUP(PAGE, "/q", anyone(), PUBLIC_LOOKUP, Section.REGISTER, Word.NAV_LOOKUP),
    LOOKUP_MACHINE(PAGE, "/q/:code", anyone(), PUBLIC_LOOKUP),
    LOOKUP_CERTIFICATE(PAGE, "/q/certificates/:certificate", anyone(), PUBLIC_LOOKUP),
    INSPECTION(PAGE, "/inspection", signedIn(), Within.INSPECTION, Section.DUTIES, Word.NAV_INSPECTION),
    INSPECTION_USE_UNITS(PAGE, "/inspection/use-units", signedIn(), Within.INSPECTION),
    INSPECTION_USE_UNITS_EXPORT(EXPORT, "/inspection/use-units.csv", signedIn(), Within.INSPECTION),
    INSPECTION_USE_UNITS_WORKBOOK(EXPORT, "/inspection/use-units.xlsx", signedIn(), Within.INSPECTION),
    INSPECTION_MACHINES(PAGE, "/inspection/machines", signedIn(), Within.INSPECTION),
    INSPECTION_MACHINES_EXPORT(EXPORT, "/inspection/machines.csv", signedIn(), Within.INSPECTION),
    INSPECTION_MACHINES_WORKBOOK(EXPORT, "/inspection/machines.xlsx", signedIn(), Within.INSPECTION),
    INSPECTION_GAP(PAGE, "/inspection/gap", signedIn(), Within.INSPECTION),
    INSPECTION_SUBMISSIONS(PAGE, "/inspection/submissions", signedIn(), Within.INSPECTION),
    INSPECTION_SUBMISSIONS_EXPORT(EXPORT, "/inspection/submissions.csv", signedIn(), Within.INSPECTION),
    INSPECTION_SUBMISSIONS_WORKBOOK(EXPORT, "/inspection/submissions.xlsx", signedIn(), Within.INSPECTION),
    INSPECTION_SUBMISSION_NEW(
            PAGE, "/inspection/submissions/new", only(INSPECTOR, USE_UNIT, ADMINISTRATOR), Within.INSPECTION),
    INSPECTION_SUBMISSION_ADD(
            CHANGE, "/inspection/submissions/new", only(INSPECTOR, USE_UNIT, ADMINISTRATOR), Within.INSPECTION),
    INSPECTION_SUBMISSION(PAGE, "/inspection/submissions/:submission", signedIn(), Within.INSPECTION),
    INSPECTION_SUBMISSION_STEP(
            CHANGE, "/inspection/submissions/:submission/step", only(INSPECTOR, ADMINISTRATOR), Within.INSPECTION),
    INSPECTION_MONTHS(PAGE, "/inspection/months", bureau(), BUREAU),
    INSPECTION_MONTH(PAGE, "/inspection/months/:month", bureau(), BUREAU),
    INSPECTION_FREEZE(CHANGE, "/inspection/months", only(INSPECTOR, ADMINISTRATOR), CITY),
    RESCUE_FIGURES(PAGE, "/rescue-figures", signedIn(), Within.FIGURES, Section.RESCUE, Word.NAV_FIGURES),
    RESCUE_BULLETIN(PAGE, "/rescue-figures/:bulletin", signedIn(), Within.FIGURES),
    SCORES(PAGE, "/scores", bureauAndFirms(), Within.SCORES, Section.DUTIES, Word.NAV_SCORES),
    SCORES_EXPORT(EXPORT, "/scores.csv", bureauAndFirms(), Within.SCORES),
    SCORES_WORKBOOK(EXPORT, "/scores.xlsx", bureauAndFirms(), Within.SCORES),
    SCORE(PAGE, "/scores/:firm", bureauAndFirms(), Within.SCORES),
    MAINTENANCE(PAGE, "/maintenance", signedIn(), Within.MAINTENANCE, Section.DUTIES, Word.NAV_MAINTENANCE),
    MAINTENANCE_EXPORT(EXPORT, "/maintenance.csv", signedIn(), Within.MAINTENANCE),
    MAINTENANCE_WORKBOOK(EXPORT, "/maintenance.xlsx", signedIn(), Within.MAINTENANCE),
    VISITS(PAGE, "/maintenance/visits", signedIn(), Within.MAINTENANCE),
    VISITS_EXPORT(EXPORT, "/maintenance/visits.csv", signedIn(), Within.MAINTENANCE),
    VISITS_WORKBOOK(EXPORT, "/maintenance/visits.xlsx", signedIn(), Within.MAINTENANCE),
    VISIT_NEW(PAGE, "/maintenance/visits/new", only(FIRM), Within.MAINTENANCE),
    VISIT_ADD(CHANGE, "/maintenance/visits/new", only(FIRM), Within.MAINTENANCE),
    VISIT(PAGE, "/maintenance/visits/:record", signedIn(), Within.MAINTENANCE),
    VISIT_DECIDE(CHANGE, "/maintenance/visits/:record/decide", only(INSPECTOR, ADMINISTRATOR), Within.MAINTENANCE),
    VISIT_CONFIRM(CHANGE, "/maintenance/visits/:record/confirm", only(USE_UNIT), Within.MAINTENANCE),
    VISIT_CORRECT(PAGE, "/maintenance/visits/:record/supersede", only(FIRM), Within.MAINTENANCE),
    VISIT_SUPERSEDE(CHANGE, "/maintenance/visits/:record/supersede", only(FIRM), Within.MAINTENANCE),
    SUSPENSIONS(PAGE, "/maintenance/suspensions", signedIn(), Within.MAINTENANCE),
    SUSPENSIONS_EXPORT(EXPORT, "/maintenance/suspensions.csv", signedIn(), Within.MAINTENANCE),
    SUSPENSIONS_WORKBOOK(EXPORT, "/maintenance/suspensions.xlsx", signedIn(), Within.MAINTENANCE),
    SUSPENSION_ADD(CHANGE, "/maintenance/suspensions", only(INSPECTOR, ADMINISTRATOR), Within.MAINTENANCE),
    SUSPENSION_END(
            CHANGE, "/maintenance/suspensions/:suspension/end", only(INSPECTOR, ADMINISTRATOR), Within.MAINTENANCE),
    MAINTENANCE_FIRMS(PAGE, "/maintenance/firms", signedIn(), Within.MAINTENANCE),
    MAINTENANCE_FIRMS_EXPORT(EXPORT, "/maintenance/firms.csv", signedIn(), Within.MAINTENANCE),
    MAINTENANCE_FIRMS_WORKBOOK(EXPORT, "/maintenance/firms.xlsx", signedIn(), Within.MAINTENANCE),

    ACCOUNTS(PAGE, "/accounts", only(ADMINISTRATOR), Within.ACCOUNTS, Section.ACCESS, Word.NAV_ACCOUNTS),
    ACCOUNTS_EXPORT(EXPORT, "/accounts.csv", only(ADMINISTRATOR), Within.ACCOUNTS),
    ACCOUNTS_WORKBOOK(EXPORT, "/accounts.xlsx", only(ADMINISTRATOR), Within.ACCOUNTS),
    ACCOUNT_NEW(PAGE, "/accounts/new", only(ADMINISTRATOR), Within.ACCOUNTS),
    ACCOUNT_ADD(CHANGE, "/accounts/new", only(ADMINISTRATOR), Within.ACCOUNTS),
    ACCOUNT(PAGE, "/accounts/:account", only(ADMINISTRATOR), Within.ACCOUNTS),
    ACCOUNT_CHANGE(CHANGE, "/accounts/:account", only(ADMINISTRATOR), Within.ACCOUNTS),
    ACCOUNT_DISABLE(CHANGE, "/accounts/:account/disable", only(ADMINISTRATOR), Within.ACCOUNTS),
    ACCOUNT_ENABLE(CHANGE, "/accounts/:account/enable", only(ADMINISTRATOR), Within.ACCOUNTS),
    ACCOUNT_RESET(CHANGE, "/accounts/:account/reset", only(ADMINISTRATOR), Within.ACCOUNTS),
    ACCOUNT_TOKEN_REVOKE(CHANGE, "/accounts/:account/tokens/:token/revoke", only(ADMINISTRATOR), Within.ACCOUNTS),

    TOKENS(PAGE, "/tokens", signedIn(), OWN_ACCOUNT, Section.ACCESS, Word.NAV_TOKENS),
    TOKEN_ADD(CHANGE, "/tokens", signedIn(), OWN_ACCOUNT),
    TOKEN_REVOKE(CHANGE, "/tokens/:token/revoke", signedIn(), OWN_ACCOUNT),

    AUDIT(PAGE, "/audit", signedIn(), Within.AUDIT, Section.ACCESS, Word.NAV_AUDIT),
    AUDIT_EXPORT(EXPORT, "/audit.csv", signedIn(), Within.AUDIT),
    AUDIT_WORKBOOK(EXPORT, "/audit.xlsx", signedIn(), Within.AUDIT),
    AUDIT_ENTRY(PAGE, "/audit/:entry", signedIn(), Within.AUDIT),

    NOTICES(PAGE, "/notices", bureau(), Within.NOTICES, Section.OPERATION, Word.NAV_NOTICES),
    NOTICES_EXPORT(EXPORT, "/notices.csv", bureau(), Within.NOTICES),
    NOTICES_WORKBOOK(EXPORT, "/notices.xlsx", bureau(), Within.NOTICES),
    NOTICE(PAGE, "/notices/:notice", bureau(), Within.NOTICES),
    NOTICE_RETRY(CHANGE, "/notices/:notice/retry", only(ADMINISTRATOR, DISPATCHER), Within.NOTICES),
    RECIPIENTS(
            PAGE,
            "/recipients",
            only(ADMINISTRATOR, DISPATCHER, INSPECTOR),
            Within.NOTICES,
            Section.OPERATION,
            Word.NAV_RECIPIENTS),
    RECIPIENTS_EXPORT(EXPORT, "/recipients.csv", only(ADMINISTRATOR, DISPATCHER, INSPECTOR), Within.NOTICES),
    RECIPIENTS_WORKBOOK(EXPORT, "/recipients.xlsx", only(ADMINISTRATOR, DISPATCHER, INSPECTOR), Within.NOTICES),
    RECIPIENT_NEW(PAGE, "/recipients/new", only(ADMINISTRATOR), Within.NOTICES),
    RECIPIENT_ADD(CHANGE, "/recipients/new", only(ADMINISTRATOR), Within.NOTICES),
    RECIPIENT(PAGE, "/recipients/:recipient", only(ADMINISTRATOR), Within.NOTICES),
    RECIPIENT_CHANGE(CHANGE, "/recipients/:recipient", only(ADMINISTRATOR), Within.NOTICES),
    RECIPIENT_RETIRE(CHANGE, "/recipients/:recipient/retire", only(ADMINISTRATOR), Within.NOTICES),
    CHANNELS(
            PAGE,
            "/channels",
            only(ADMINISTRATOR, DISPATCHER, INSPECTOR),
            BUREAU,
            Section.OPERATION,
            Word.NAV_CHANNELS),
    CHANNEL_TEST(CHANGE, "/channels", only(ADMINISTRATOR, DISPATCHER), BUREAU),

    RULES(PAGE, "/rules", bureau(), BUREAU, Section.OPERATION, Word.NAV_RULES),
    RULES_EXPORT(EXPORT, "/rules.csv", bureau(), BUREAU),
    RULES_WORKBOOK(EXPORT, "/rules.xlsx", bureau(), BUREAU),
    RULE(PAGE, "/rules/:rule", bureau(), BUREAU),
    REGULATIONS(PAGE, "/regulations", bureau(), BUREAU, Section.OPERATION, Word.NAV_REGULATIONS),
    REGULATIONS_EXPORT(EXPORT, "/regulations.csv", bureau(), BUREAU),
    REGULATIONS_WORKBOOK(EXPORT, "/regulations.xlsx", bureau(), BUREAU),
    JOBS(PAGE, "/jobs", bureau(), BUREAU, Section.OPERATION, Word.NAV_JOBS),
    API_RULES(API, "/api/v1/rules", bureau(), BUREAU, STATUS_READ),
    API_RULE(API, "/api/v1/rules/:rule", bureau(), BUREAU, STATUS_READ),
    API_REGULATIONS(API, "/api/v1/regulations", bureau(), BUREAU, STATUS_READ),
    API_JOBS(API, "/api/v1/jobs", bureau(), BUREAU, STATUS_READ),

    EVENTS(STREAM, "/events", signedIn(), NOTHING_OF_ANYONE),

    API_CONTRACT(API, "/api/v1/openapi.yaml", anyone(), NOTHING_OF_ANYONE),
    API_ME(API, "/api/v1/me", signedIn(), OWN_ACCOUNT),
    API_STATUS(API, "/api/v1/status", bureau(), BUREAU, STATUS_READ),
    API_ALERTS(API, "/api/v1/alerts", signedIn(), Within.ALERTS, ALERTS_READ),
    API_ALERT(API, "/api/v1/alerts/:alert", signedIn(), Within.ALERTS, ALERTS_READ),
    API_ALERT_ACKNOWLEDGE(
            API_CHANGE,
            "/api/v1/alerts/:alert/acknowledge",
            only(DISPATCHER, INSPECTOR, FIRM, ADMINISTRATOR),
            Within.ALERTS,
            ALERTS_DECIDE),
    API_ALERT_CLOSE(
            API_CHANGE,
            "/api/v1/alerts/:alert/close",
            only(DISPATCHER, INSPECTOR, ADMINISTRATOR),
            Within.ALERTS,
            ALERTS_DECIDE),
    API_ALERT_END_OF_ALARM(
            API_CHANGE,
            "/api/v1/alerts/:alert/end-of-alarm",
            only(DISPATCHER, INSPECTOR, ADMINISTRATOR),
            Within.ALERTS,
            ALERTS_DECIDE),
    API_SILENCES(API, "/api/v1/silences", signedIn(), Within.ALERTS, ALERTS_READ),
    API_SILENCE_ADD(
            API_CHANGE, "/api/v1/silences", only(DISPATCHER, INSPECTOR, ADMINISTRATOR), Within.ALERTS, ALERTS_DECIDE),
    API_SILENCE_END(
            API_CHANGE,
            "/api/v1/silences/:silence/end",
            only(DISPATCHER, INSPECTOR, ADMINISTRATOR),
            Within.ALERTS,
            ALERTS_DECIDE),
    API_CASES(API, "/api/v1/cases", signedIn(), Within.CASES, CASES_READ),
    API_CASE(API, "/api/v1/cases/:case", signedIn(), Within.CASES, CASES_READ),
    API_DEVICES(API, "/api/v1/devices", signedIn(), Within.DEVICES, DEVICES_READ),
    API_DEVICE(API, "/api/v1/devices/:device", signedIn(), Within.DEVICES, DEVICES_READ),
    API_DEAD_LETTERS(API, "/api/v1/dead-letters", signedIn(), Within.DEAD_LETTERS, DEAD_LETTERS_READ),
    API_DEAD_LETTER(API, "/api/v1/dead-letters/:letter", signedIn(), Within.DEAD_LETTERS, DEAD_LETTERS_READ),
    API_DEAD_LETTER_REPLAY(
            API_CHANGE,
            "/api/v1/dead-letters/:letter/replay",
            only(ADMINISTRATOR),
            Within.DEAD_LETTERS,
            DEAD_LETTERS_DECIDE),
    API_DEAD_LETTER_DISCARD(
            API_CHANGE,
            "/api/v1/dead-letters/:letter/discard",
            only(ADMINISTRATOR),
            Within.DEAD_LETTERS,
            DEAD_LETTERS_DECIDE),
    API_EQUIPMENT(API, "/api/v1/equipment", signedIn(), Within.EQUIPMENT, REGISTER_READ),
    API_EQUIPMENT_ENTRY(API, "/api/v1/equipment/:code", signedIn(), Within.EQUIPMENT, REGISTER_READ),
    API_EQUIPMENT_READINGS(API, "/api/v1/equipment/:code/readings", signedIn(), Within.EQUIPMENT, REGISTER_READ),
    API_EQUIPMENT_CHANGE(
            API_CHANGE, "/api/v1/equipment/:code", only(ADMINISTRATOR, INSPECTOR), Within.EQUIPMENT, REGISTER_CHANGE),
    API_ORGANISATIONS(API, "/api/v1/organisations", signedIn(), Within.ORGANISATIONS, REGISTER_READ),
    API_OPERATORS(API, "/api/v1/operators", signedIn(), Within.OPERATORS, REGISTER_READ),
    API_CYLINDERS(API, "/api/v1/cylinders", signedIn(), Within.CYLINDERS, REGISTER_READ),
    API_FILLING(API, "/api/v1/filling", bureauAndStations(), Within.FILLS, FIGURES_READ),
    API_FILLS(API, "/api/v1/filling/fills", bureauAndStations(), Within.FILLS, FIGURES_READ),
    API_IMPORTS(API, "/api/v1/imports", only(ADMINISTRATOR, INSPECTOR), Within.IMPORTS, REGISTER_READ),
    API_INSPECTION_RATES(API, "/api/v1/inspection/rates", signedIn(), Within.INSPECTION, INSPECTION_READ),
    API_INSPECTION_FIRMS(API, "/api/v1/inspection/firms", signedIn(), Within.INSPECTION, INSPECTION_READ),
    API_INSPECTION_USE_UNITS(API, "/api/v1/inspection/use-units", signedIn(), Within.INSPECTION, INSPECTION_READ),
    API_INSPECTION_MACHINES(API, "/api/v1/inspection/machines", signedIn(), Within.INSPECTION, INSPECTION_READ),
    API_INSPECTION_SUBMISSIONS(API, "/api/v1/inspection/submissions", signedIn(), Within.INSPECTION, INSPECTION_READ),
    API_INSPECTION_SUBMISSION(
            API, "/api/v1/inspection/submissions/:submission", signedIn(), Within.INSPECTION, INSPECTION_READ),
    API_INSPECTION_SUBMISSION_ADD(
            API_CHANGE,
            "/api/v1/inspection/submissions",
            only(INSPECTOR, USE_UNIT, ADMINISTRATOR),
            Within.INSPECTION,
            INSPECTION_DECIDE),
    API_INSPECTION_SUBMISSION_STEP(
            API_CHANGE,
            "/api/v1/inspection/submissions/:submission/step",
            only(INSPECTOR, ADMINISTRATOR),
            Within.INSPECTION,
            INSPECTION_DECIDE),
    API_INSPECTION_MONTHS(API, "/api/v1/inspection/months", bureau(), BUREAU, INSPECTION_READ),
    API_INSPECTION_FREEZE(
            API_CHANGE, "/api/v1/inspection/months", only(INSPECTOR, ADMINISTRATOR), CITY, INSPECTION_DECIDE),
    API_RESCUE_FIGURES(API, "/api/v1/rescue-figures", signedIn(), Within.FIGURES, FIGURES_READ),
    API_SCORES(API, "/api/v1/scores", bureauAndFirms(), Within.SCORES, FIGURES_READ),
    API_SCORE(API, "/api/v1/scores/:firm", bureauAndFirms(), Within.SCORES, FIGURES_READ),
    API_MAINTENANCE_DUE(API, "/api/v1/maintenance/due", signedIn(), Within.MAINTENANCE, MAINTENANCE_READ),
    API_VISITS(API, "/api/v1/maintenance/visits", signedIn(), Within.MAINTENANCE, MAINTENANCE_READ),
    API_VISIT(API, "/api/v1/maintenance/visits/:record", signedIn(), Within.MAINTENANCE, MAINTENANCE_READ),
    API_VISIT_ADD(API_CHANGE, "/api/v1/maintenance/visits", only(FIRM), Within.MAINTENANCE, MAINTENANCE_RECORD),
    API_VISIT_DECIDE(
            API_CHANGE,
            "/api/v1/maintenance/visits/:record/decide",
            only(INSPECTOR, ADMINISTRATOR),
            Within.MAINTENANCE,
            MAINTENANCE_DECIDE),
    API_VISIT_CONFIRM(
            API_CHANGE,
            "/api/v1/maintenance/visits/:record/confirm",
            only(USE_UNIT),
            Within.MAINTENANCE,
            MAINTENANCE_DECIDE),
    API_VISIT_SUPERSEDE(
            API_CHANGE,
            "/api/v1/maintenance/visits/:record/supersede",
            only(FIRM),
            Within.MAINTENANCE,
            MAINTENANCE_RECORD),
    API_SUSPENSIONS(API, "/api/v1/maintenance/suspensions", signedIn(), Within.MAINTENANCE, MAINTENANCE_READ),
    API_MAINTENANCE_FIRMS(API, "/api/v1/maintenance/firms", signedIn(), Within.MAINTENANCE, MAINTENANCE_READ),
    API_ACCOUNTS(API, "/api/v1/accounts", only(ADMINISTRATOR), Within.ACCOUNTS, ACCOUNTS_READ),
    API_ACCOUNT(API, "/api/v1/accounts/:account", only(ADMINISTRATOR), Within.ACCOUNTS, ACCOUNTS_READ),
    API_ACCOUNT_ADD(API_CHANGE, "/api/v1/accounts", only(ADMINISTRATOR), Within.ACCOUNTS, ACCOUNTS_CHANGE),
    API_ACCOUNT_DISABLE(
            API_CHANGE, "/api/v1/accounts/:account/disable", only(ADMINISTRATOR), Within.ACCOUNTS, ACCOUNTS_CHANGE),
    API_ACCOUNT_ENABLE(
            API_CHANGE, "/api/v1/accounts/:account/enable", only(ADMINISTRATOR), Within.ACCOUNTS, ACCOUNTS_CHANGE),
    API_AUDIT(API, "/api/v1/audit", signedIn(), Within.AUDIT, AUDIT_READ),
    API_AUDIT_ENTRY(API, "/api/v1/audit/:entry", signedIn(), Within.AUDIT, AUDIT_READ),
    API_NOTICES(API, "/api/v1/notices", bureau(), Within.NOTICES, NOTICES_READ),
    API_NOTICE(API, "/api/v1/notices/:notice", bureau(), Within.NOTICES, NOTICES_READ),
    API_NOTICE_RETRY(
            API_CHANGE,
            "/api/v1/notices/:notice/retry",
            only(ADMINISTRATOR, DISPATCHER),
            Within.NOTICES,
            NOTICES_DECIDE),
    API_RECIPIENTS(API, "/api/v1/recipients", only(ADMINISTRATOR, DISPATCHER, INSPECTOR), Within.NOTICES, NOTICES_READ),
    API_RECIPIENT(
            API,
            "/api/v1/recipients/:recipient",
            only(ADMINISTRATOR, DISPATCHER, INSPECTOR),
            Within.NOTICES,
            NOTICES_READ),
    API_RECIPIENT_ADD(API_CHANGE, "/api/v1/recipients", only(ADMINISTRATOR), Within.NOTICES, NOTICES_DECIDE),
    API_RECIPIENT_CHANGE(
            API_CHANGE, "/api/v1/recipients/:recipient", only(ADMINISTRATOR), Within.NOTICES, NOTICES_DECIDE),
    API_RECIPIENT_RETIRE(
            API_CHANGE, "/api/v1/recipients/:recipient/retire", only(ADMINISTRATOR), Within.NOTICES, NOTICES_DECIDE),
    API_CHANNELS(API, "/api/v1/channels", only(ADMINISTRATOR, DISPATCHER, INSPECTOR), BUREAU, NOTICES_READ),
    API_CHANNEL_TEST(API_CHANGE, "/api/v1/channels/test", only(ADMINISTRATOR, DISPATCHER), BUREAU, NOTICES_DECIDE),

    LIVE(PROBE, "/health/live", anyone(), NOTHING_OF_ANYONE),
    READY(PROBE, "/health/ready", anyone(), NOTHING_OF_ANYONE),
    METRICS(PROBE, "/metrics", neighbours(), BUREAU, METRICS_READ),
    ASSET(PROBE, "/static/:file", anyone(), NOTHING_OF_ANYONE);

    /** What sort of answer a route gives; it decides the method and how a refusal is said. */
    public enum Kind {
        /** A page for a person. */
        PAGE,
        /** A form that a person sends. */
        CHANGE,
        /** A form with a file that a person sends; far larger than any other. */
        UPLOAD,
        /** A file. */
        EXPORT,
        /** Server-sent events. */
        STREAM,
        /** Data for a program. */
        API,
        /** A program's change. */
        API_CHANGE,
        /** For probes and browsers, outside the contract. */
        PROBE;

        public boolean changes() {
            return this == CHANGE || this == UPLOAD || this == API_CHANGE;
        }

        /** What a change is sent as. */
        String contentType() {
            return switch (this) {
                case CHANGE -> "application/x-www-form-urlencoded";
                case UPLOAD -> "multipart/form-data";
                case API_CHANGE -> "application/json";
                case PAGE, EXPORT, STREAM, API, PROBE -> throw new IllegalStateException(this + " takes nothing");
            };
        }

        public boolean ofApi() {
            return this == API || this == API_CHANGE;
        }
    }

    private final Kind kind;
    private final String path;

    @SuppressWarnings("ImmutableEnumChecker") // records over copied sets
    private final Who who;

    private final Within within;
    private final @Nullable Section section;
    private final @Nullable Word title;
    private final @Nullable TokenScope tokenScope;

    Route(Kind kind, String path, Who who, Within within) {
        this(kind, path, who, within, null, null, null);
    }

    /** A page that stands in the navigation. */
    Route(Kind kind, String path, Who who, Within within, Section section, Word title) {
        this(kind, path, who, within, section, title, null);
    }

    /** A route for programs, whose tokens need the scope. */
    Route(Kind kind, String path, Who who, Within within, TokenScope tokenScope) {
        this(kind, path, who, within, null, null, tokenScope);
    }

    Route(
            Kind kind,
            String path,
            Who who,
            Within within,
            @Nullable Section section,
            @Nullable Word title,
            @Nullable TokenScope tokenScope) {
        this.kind = kind;
        this.path = path;
        this.who = who;
        this.within = within;
        this.section = section;
        this.title = title;
        this.tokenScope = tokenScope;
    }

    public Kind kind() {
        return kind;
    }

    /** With {@code :name} for what varies. */
    public String path() {
        return path;
    }

    public Who who() {
        return who;
    }

    public Within within() {
        return within;
    }

    /** Its name in the navigation; empty when it does not stand there. */
    public Optional<Word> title() {
        return Optional.ofNullable(title);
    }

    public Optional<TokenScope> tokenScope() {
        return Optional.ofNullable(tokenScope);
    }

    /** {@code GET} or {@code POST}. */
    public String method() {
        return kind.changes() ? "POST" : "GET";
    }

    /** Its path with the values in place of the {@code :names}, in their order. */
    public String path(Object... values) {
        String result = path;
        for (Object value : values) {
            String encoded = Address.encoded(value.toString());
            result = result.replaceFirst(":[a-z]+", Matcher.quoteReplacement(encoded));
        }
        return result;
    }

    /** Whether a viewer may come at all; which rows there are is the handler's to ask. */
    public boolean isFor(Viewer viewer) {
        return who.admits(viewer)
                && switch (within) {
                    case BUREAU, NOTICES -> viewer.scope().ofBureau();
                    case CITY, IMPORTS -> viewer.scope() instanceof Scope.City;
                    default -> true;
                };
    }

    /** The methods that an address takes, as in the header {@code Allow}. */
    static String methods(String address) {
        return Arrays.stream(values())
                .filter(route -> address.matches(route.path.replaceAll(":[a-z]+", "[^/]+")))
                .map(route -> route.kind.changes() ? "POST" : "GET, HEAD")
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** The part of the navigation that it stands in; empty when it does not stand there. */
    Optional<Section> section() {
        return Optional.ofNullable(section);
    }

    /** The pages that stand in a viewer's navigation, by section, in order. */
    public static Map<Section, List<Route>> navigation(Viewer viewer) {
        Map<Section, List<Route>> navigation = new EnumMap<>(Section.class);
        for (Route route : values()) {
            if (route.isFor(viewer)) {
                route.section()
                        .ifPresent(section -> navigation
                                .computeIfAbsent(section, s -> new ArrayList<>())
                                .add(route));
            }
        }
        return navigation;
    }

    /** Where a viewer begins the day. */
    public static Route start(Viewer viewer) {
        Route wanted = switch (viewer.role()) {
            case DISPATCHER -> BOARD;
            case STATION -> CASES;
            case INSPECTOR, USE_UNIT -> INSPECTION;
            case FIRM -> MAINTENANCE;
            case ADMINISTRATOR, READ_ONLY -> STATUS;
        };
        return wanted.isFor(viewer) ? wanted : ALERTS;
    }
}

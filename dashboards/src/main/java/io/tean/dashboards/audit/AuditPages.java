package io.tean.dashboards.audit;

import io.tean.dashboards.list.Listing;
import io.tean.dashboards.list.Paging;
import io.tean.dashboards.list.Sheet;
import io.tean.dashboards.list.Table;
import io.tean.dashboards.route.Answer;
import io.tean.dashboards.route.Frame;
import io.tean.dashboards.route.Handler;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Screens;
import io.tean.dashboards.screen.Tongue;
import io.tean.dashboards.screen.Word;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import tools.jackson.databind.json.JsonMapper;

/** Who changed what: list, entry and export, for people and for programs. */
public final class AuditPages {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern ID = Pattern.compile("[1-9]\\d{0,17}");

    private static final List<Word> COLUMNS = List.of(
            Word.AUDIT_NUMBER,
            Word.AUDIT_TIME,
            Word.AUDIT_ACTOR_KIND,
            Word.AUDIT_ACTOR,
            Word.AUDIT_SOURCE,
            Word.AUDIT_ACTION,
            Word.AUDIT_SUBJECT_KIND,
            Word.AUDIT_SUBJECT,
            Word.AUDIT_ORGANISATION,
            Word.AUDIT_BEFORE,
            Word.AUDIT_AFTER,
            Word.AUDIT_REASON,
            Word.AUDIT_SEAL_NUMBER,
            Word.AUDIT_SEAL_HASH);

    private final AuditQuery query;
    private final Screens screens;

    public AuditPages(DataSource database, Screens screens) {
        this.query = new AuditQuery(database);
        this.screens = screens;
    }

    /** The routes of this family. */
    public Map<Route, Handler> handlers() {
        return Map.of(
                Route.AUDIT, this::list,
                Route.AUDIT_EXPORT, this::export,
                Route.AUDIT_WORKBOOK, this::export,
                Route.AUDIT_ENTRY, this::entry,
                Route.API_AUDIT, this::apiList,
                Route.API_AUDIT_ENTRY, this::apiEntry);
    }

    private Answer list(Request request) {
        AuditFilter filter = AuditFilter.of(request);
        Listing<Entry> listing = listing(request, filter);
        return Answer.page(screens.render(
                "audit.jte",
                Map.of(
                        "frame",
                        Frame.of(request, Word.NAV_AUDIT),
                        "table",
                        new Table(request, listing),
                        "entries",
                        listing.rows(),
                        "filter",
                        filter,
                        "sort",
                        request.query("sort").orElse(""))));
    }

    private Answer entry(Request request) {
        Entry entry = found(request);
        Frame frame = Frame.of(request, request.tongue().say(Word.AUDIT_ENTRY, Long.toString(entry.id())));
        return Answer.page(screens.render("audit-entry.jte", Map.of("frame", frame, "entry", entry)));
    }

    private Answer export(Request request) {
        AuditFilter filter = AuditFilter.of(request);
        Paging paging = Paging.of(request, AuditQuery.SORTING);
        Tongue tongue = request.tongue();
        List<String> heading = COLUMNS.stream().map(tongue::say).toList();
        return new Sheet(
                        "tean-audit",
                        heading,
                        sink -> query.export(request.scope(), filter, paging, sink, entry -> cells(entry, tongue)))
                .answer(request);
    }

    /** In the order of {@link #COLUMNS}. Codes and not words, where other programs will look for them. */
    private static Object[] cells(Entry entry, Tongue tongue) {
        return Stream.of(
                        entry.id(),
                        tongue.time(entry.at()),
                        entry.actorKind(),
                        entry.actor(),
                        entry.source().orElse(""),
                        entry.action(),
                        entry.subjectKind(),
                        entry.subject(),
                        entry.organisation().map(Entry.Organisation::name).orElse(""),
                        entry.before().orElse(""),
                        entry.after().orElse(""),
                        entry.reason().orElse(""),
                        entry.seal().map(seal -> Long.toString(seal.number())).orElse(""),
                        entry.seal().map(Entry.Seal::hash).orElse(""))
                .toArray();
    }

    private Answer apiList(Request request) {
        return Answer.json(
                200,
                JSON.writeValueAsString(
                        listing(request, AuditFilter.of(request)).json(Entry::json)));
    }

    private Answer apiEntry(Request request) {
        return Answer.json(200, JSON.writeValueAsString(found(request).json()));
    }

    private Listing<Entry> listing(Request request, AuditFilter filter) {
        return query.list(request.scope(), filter, Paging.of(request, AuditQuery.SORTING));
    }

    private Entry found(Request request) {
        String id = request.parameter("entry");
        if (!ID.matcher(id).matches()) {
            throw Refusal.notFound();
        }
        return query.find(request.scope(), Long.parseLong(id)).orElseThrow(Refusal::notFound);
    }
}

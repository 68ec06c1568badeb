package io.tean.dashboards.notice;

import io.tean.core.notice.NoticeDecisions;
import io.tean.core.notice.NoticeDecisions.Channel;
import io.tean.core.notice.NoticeDecisions.RecipientDraft;
import io.tean.dashboards.list.Listing;
import io.tean.dashboards.list.Paging;
import io.tean.dashboards.list.Sheet;
import io.tean.dashboards.list.Table;
import io.tean.dashboards.route.Address;
import io.tean.dashboards.route.Answer;
import io.tean.dashboards.route.Frame;
import io.tean.dashboards.route.Handler;
import io.tean.dashboards.route.JsonBody;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Language;
import io.tean.dashboards.screen.Screens;
import io.tean.dashboards.screen.Tongue;
import io.tean.dashboards.screen.Word;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** The list of recipients, and the forms that add and change one, for people and for programs. */
final class RecipientPages {
    private static final Tongue PROGRAMS = new Tongue(Language.EN);
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

    private static final List<Word> COLUMNS = List.of(
            Word.RECIPIENT_NUMBER,
            Word.RECIPIENT_NAME,
            Word.RECIPIENT_ORGANISATION_CODE,
            Word.RECIPIENT_ORGANISATION,
            Word.RECIPIENT_DUTY,
            Word.RECIPIENT_DIVISION,
            Word.RECIPIENT_LANGUAGE,
            Word.RECIPIENT_DIGEST,
            Word.RECIPIENT_ADDRESSES,
            Word.RECIPIENT_STATE);

    private final RecipientQuery query;
    private final NoticeDecisions decisions;
    private final Screens screens;

    RecipientPages(DataSource database, NoticeDecisions decisions, Screens screens) {
        this.query = new RecipientQuery(database);
        this.decisions = decisions;
        this.screens = screens;
    }

    Map<Route, Handler> handlers() {
        return Map.ofEntries(
                Map.entry(Route.RECIPIENTS, this::list),
                Map.entry(Route.RECIPIENTS_EXPORT, this::export),
                Map.entry(Route.RECIPIENTS_WORKBOOK, this::export),
                Map.entry(
                        Route.RECIPIENT_NEW,
                        request -> form(request, 200, Optional.empty(), RecipientForm.EMPTY, Map.of(), "")),
                Map.entry(Route.RECIPIENT_ADD, this::add),
                Map.entry(Route.RECIPIENT, request -> {
                    Recipient recipient = found(request);
                    return form(request, 200, Optional.of(recipient), RecipientForm.of(recipient), Map.of(), "");
                }),
                Map.entry(Route.RECIPIENT_CHANGE, this::change),
                Map.entry(Route.RECIPIENT_RETIRE, this::retire),
                Map.entry(
                        Route.API_RECIPIENTS,
                        request -> NoticePages.json(200, listing(request).json(Recipient::json))),
                Map.entry(
                        Route.API_RECIPIENT,
                        request -> NoticePages.json(200, found(request).json())),
                Map.entry(Route.API_RECIPIENT_ADD, this::addForProgram),
                Map.entry(Route.API_RECIPIENT_CHANGE, this::changeForProgram),
                Map.entry(Route.API_RECIPIENT_RETIRE, this::retireForProgram));
    }

    private Answer list(Request request) {
        Listing<Recipient> recipients = listing(request);
        return Answer.page(screens.render(
                "recipients.jte",
                Map.of(
                        "frame", Frame.of(request, Word.NAV_RECIPIENTS),
                        "table", new Table(request, recipients),
                        "recipients", recipients.rows(),
                        "filter", RecipientFilter.of(request),
                        "changes", Route.RECIPIENT_ADD.isFor(request.viewer()),
                        "sort", request.query("sort").orElse(""))));
    }

    private Listing<Recipient> listing(Request request) {
        return query.list(request.scope(), RecipientFilter.of(request), Paging.of(request, RecipientQuery.SORTING));
    }

    private Answer export(Request request) {
        RecipientFilter filter = RecipientFilter.of(request);
        Paging paging = Paging.of(request, RecipientQuery.SORTING);
        Tongue t = request.tongue();
        return new Sheet(
                        "tean-recipients",
                        COLUMNS.stream().map(t::say).toList(),
                        sink -> query.export(request.scope(), filter, paging, sink, recipient -> cells(recipient, t)))
                .answer(request);
    }

    /** In the order of {@link #COLUMNS}. */
    private static Object[] cells(Recipient recipient, Tongue t) {
        return Stream.of(
                        recipient.id(),
                        recipient.name(),
                        recipient
                                .organisation()
                                .map(Recipient.Organisation::creditCode)
                                .orElse(""),
                        recipient
                                .organisation()
                                .map(Recipient.Organisation::name)
                                .orElse(""),
                        t.term("DUTY", recipient.duty()),
                        recipient.division().orElse(""),
                        t.term("RECIPIENT_LANGUAGE", recipient.manner().language()),
                        t.term("DIGEST", recipient.manner().digest()),
                        recipient.addresses().stream()
                                .map(address -> (address.channel() + " " + address.to()).strip())
                                .collect(Collectors.joining("; ")),
                        t.say(recipient.manner().active() ? Word.RECIPIENT_STATE_ACTIVE : Word.RECIPIENT_STATE_RETIRED))
                .toArray();
    }

    /** What comes of a form: problems, or a draft without any. */
    private sealed interface Checked {
        record Wrong(Map<String, Word> problems) implements Checked {}

        record Right(RecipientDraft draft) implements Checked {}
    }

    private Checked check(Request request, RecipientForm form) {
        Map<String, Word> problems = new LinkedHashMap<>(form.problems(decisions.channels()));
        OptionalInt organisation = OptionalInt.empty();
        String code = form.value(RecipientForm.ORGANISATION);
        if (!code.isEmpty() && !problems.containsKey(RecipientForm.ORGANISATION)) {
            organisation = query.organisation(request.scope(), code);
            if (organisation.isEmpty()) {
                problems.put(RecipientForm.ORGANISATION, Word.WRONG_ORGANISATION_UNKNOWN);
            }
        }
        return problems.isEmpty() ? new Checked.Right(form.draft(organisation)) : new Checked.Wrong(problems);
    }

    private Answer add(Request request) {
        RecipientForm form = RecipientForm.typed(request);
        return switch (check(request, form)) {
            case Checked.Wrong(Map<String, Word> problems) -> form(request, 422, Optional.empty(), form, problems, "");
            case Checked.Right(RecipientDraft draft) -> {
                try {
                    decisions.addRecipient(draft, request.actor());
                } catch (IllegalArgumentException e) {
                    yield form(request, 422, Optional.empty(), form, Map.of(), String.valueOf(e.getMessage()));
                }
                yield Answer.seeOther(Address.of(Route.RECIPIENTS.path(), Map.of("done", "recipient-added")));
            }
        };
    }

    private Answer change(Request request) {
        Recipient recipient = found(request);
        RecipientForm form = RecipientForm.typed(request);
        return switch (check(request, form)) {
            case Checked.Wrong(Map<String, Word> problems) ->
                form(request, 422, Optional.of(recipient), form, problems, "");
            case Checked.Right(RecipientDraft draft) -> {
                try {
                    if (!decisions.changeRecipient(recipient.id(), draft, request.actor())) {
                        String gone = request.tongue().say(Word.RECIPIENT_RETIRED);
                        yield form(request, 409, Optional.of(found(request)), form, Map.of(), gone);
                    }
                } catch (IllegalArgumentException e) {
                    yield form(request, 422, Optional.of(recipient), form, Map.of(), String.valueOf(e.getMessage()));
                }
                yield Answer.seeOther(Address.of(Route.RECIPIENTS.path(), Map.of("done", "recipient-changed")));
            }
        };
    }

    private Answer retire(Request request) {
        Recipient recipient = found(request);
        if (!decisions.retireRecipient(recipient.id(), request.actor())) {
            String gone = request.tongue().say(Word.RECIPIENT_RETIRED);
            return form(request, 409, Optional.of(recipient), RecipientForm.of(recipient), Map.of(), gone);
        }
        return Answer.seeOther(Address.of(Route.RECIPIENTS.path(), Map.of("done", "recipient-retired")));
    }

    private Answer addForProgram(Request request) {
        RecipientDraft draft = sent(request);
        try {
            return NoticePages.json(201, Map.of("recipient_id", decisions.addRecipient(draft, request.actor())));
        } catch (IllegalArgumentException e) {
            throw refused(e);
        }
    }

    private Answer changeForProgram(Request request) {
        Recipient recipient = found(request);
        RecipientDraft draft = sent(request);
        try {
            if (!decisions.changeRecipient(recipient.id(), draft, request.actor())) {
                throw retiredAlready(recipient);
            }
        } catch (IllegalArgumentException e) {
            throw refused(e);
        }
        return NoticePages.json(200, found(request).json());
    }

    private Answer retireForProgram(Request request) {
        JsonBody.none(request);
        Recipient recipient = found(request);
        if (!decisions.retireRecipient(recipient.id(), request.actor())) {
            throw retiredAlready(recipient);
        }
        return NoticePages.json(200, found(request).json());
    }

    private RecipientDraft sent(Request request) {
        return switch (check(request, RecipientForm.sent(request, PROGRAMS))) {
            case Checked.Wrong(Map<String, Word> problems) -> {
                Map<String, String> said = new LinkedHashMap<>();
                problems.forEach((field, problem) -> said.put(RecipientForm.ofApi(field), PROGRAMS.say(problem)));
                throw Refusal.wrongFields(said);
            }
            case Checked.Right(RecipientDraft draft) -> draft;
        };
    }

    private static Refusal refused(IllegalArgumentException e) {
        return Refusal.of(Refusal.Reason.WRONG_FIELDS, String.valueOf(e.getMessage()));
    }

    private static Refusal retiredAlready(Recipient recipient) {
        return Refusal.of(Refusal.Reason.CONFLICT, "recipient " + recipient.id() + " is retired");
    }

    /** The recipient of the path, within the viewer's scope. */
    private Recipient found(Request request) {
        String number = request.parameter("recipient");
        if (!NUMBER.matcher(number).matches()) {
            throw Refusal.notFound();
        }
        return query.find(request.scope(), Integer.parseInt(number)).orElseThrow(Refusal::notFound);
    }

    private Answer form(
            Request request,
            int status,
            Optional<Recipient> recipient,
            RecipientForm form,
            Map<String, Word> problems,
            String refused) {
        Frame frame = Frame.of(request, recipient.isEmpty() ? Word.RECIPIENT_NEW : Word.RECIPIENT_CHANGE);
        List<String> names = decisions.channels().stream().map(Channel::name).toList();
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("frame", status == 200 ? frame : frame.ofChange());
        parameters.put("recipient", recipient);
        parameters.put("form", form);
        parameters.put("channels", names);
        parameters.put("problems", problems);
        parameters.put("refused", refused);
        return Answer.page(status, screens.render("recipient-form.jte", parameters));
    }
}

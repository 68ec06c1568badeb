package io.tean.dashboards.submission;

import io.tean.core.inspection.InspectionDecisions;
import io.tean.core.inspection.InspectionDecisions.Outcome;
import io.tean.core.inspection.SubmissionStep;
import io.tean.dashboards.list.Listing;
import io.tean.dashboards.list.Paging;
import io.tean.dashboards.list.Period;
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
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import tools.jackson.databind.json.JsonMapper;

/** The list of submissions for inspection, each submission with its steps, and what may be entered, for people and for programs. */
public final class SubmissionPages {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Tongue PROGRAMS = new Tongue(Language.EN);
    private static final List<Word> COLUMNS = List.of(
            Word.SUBMISSION_NO,
            Word.EQUIPMENT_CODE,
            Word.EQUIPMENT_NAME,
            Word.INSPECTION_CATEGORY,
            Word.EQUIPMENT_DIVISION,
            Word.INSPECTION_USE_UNIT,
            Word.INSPECTION_BODY,
            Word.SUBMISSION_STATE,
            Word.SUBMISSION_OWED,
            Word.SUBMISSION_NEXT_DUE_ON,
            Word.INSPECTION_DAYS_LATE,
            Word.SUBMISSION_ON,
            Word.SUBMISSION_AGREED_ON,
            Word.SUBMISSION_REPORTED_ON,
            Word.SUBMISSION_CONCLUSION);

    private final SubmissionQuery query;
    private final InspectionDecisions decisions;
    private final Screens screens;
    private final InstantSource clock;

    public SubmissionPages(DataSource database, InspectionDecisions decisions, Screens screens, InstantSource clock) {
        this.query = new SubmissionQuery(database);
        this.decisions = decisions;
        this.screens = screens;
        this.clock = clock;
    }

    /** The routes of this family. */
    public Map<Route, Handler> handlers() {
        Map<Route, Handler> handlers = new EnumMap<>(Route.class);
        handlers.put(Route.INSPECTION_SUBMISSIONS, this::list);
        handlers.put(Route.INSPECTION_SUBMISSIONS_EXPORT, this::export);
        handlers.put(Route.INSPECTION_SUBMISSIONS_WORKBOOK, this::export);
        handlers.put(
                Route.INSPECTION_SUBMISSION_NEW,
                request -> newPage(
                        request,
                        200,
                        new SubmissionDraft(
                                "",
                                request.query("equipment").orElse(""),
                                "",
                                SubmissionDraft.kinds().getFirst(),
                                today().toString()),
                        Map.of()));
        handlers.put(Route.INSPECTION_SUBMISSION_ADD, this::add);
        handlers.put(Route.INSPECTION_SUBMISSION, this::show);
        handlers.put(Route.INSPECTION_SUBMISSION_STEP, this::step);
        handlers.put(Route.API_INSPECTION_SUBMISSIONS, request -> {
            LocalDate today = today();
            return json(200, listing(request, today).json(submission -> submission.json(today)));
        });
        handlers.put(
                Route.API_INSPECTION_SUBMISSION,
                request -> json(200, found(request).json(today())));
        handlers.put(Route.API_INSPECTION_SUBMISSION_ADD, this::addForProgram);
        handlers.put(Route.API_INSPECTION_SUBMISSION_STEP, this::stepForProgram);
        return handlers;
    }

    private LocalDate today() {
        return Period.today(clock.instant());
    }

    private Answer list(Request request) {
        LocalDate today = today();
        Listing<Submission> submissions = listing(request, today);
        return Answer.page(screens.render(
                "submissions.jte",
                Map.of(
                        "frame", Frame.of(request, Word.SUBMISSIONS),
                        "table", new Table(request, submissions),
                        "submissions", submissions.rows(),
                        "filter", SubmissionFilter.of(request, today),
                        "sort", request.query("sort").orElse(""),
                        "today", today)));
    }

    private Listing<Submission> listing(Request request, LocalDate today) {
        SubmissionFilter filter = SubmissionFilter.of(request, today);
        return query.list(request.scope(), filter, Paging.of(request, SubmissionQuery.sorting(filter)), today);
    }

    private Answer export(Request request) {
        LocalDate today = today();
        SubmissionFilter filter = SubmissionFilter.of(request, today);
        Paging paging = Paging.of(request, SubmissionQuery.sorting(filter));
        Tongue t = request.tongue();
        return new Sheet(
                        "tean-inspection-submissions",
                        COLUMNS.stream().map(t::say).toList(),
                        sink -> query.export(
                                request.scope(), filter, paging, today, sink, each -> cells(each, t, today)))
                .answer(request);
    }

    private static Object[] cells(Submission submission, Tongue t, LocalDate today) {
        return Stream.of(
                        submission.no(),
                        submission.equipment().code(),
                        submission.equipment().name(),
                        t.term("CATEGORY", submission.equipment().category()),
                        submission.equipment().division(),
                        submission.useUnit().orElse(""),
                        submission.body().orElse(""),
                        t.term("SUBMISSION_STEP", Submission.word(submission.state())),
                        t.term("SUBMISSION_OWED", submission.owed().word()),
                        text(submission.nextDueOn()),
                        submission.daysLate(today),
                        submission.days().submitted().toString(),
                        text(submission.days().agreed()),
                        text(submission.days().reported()),
                        submission
                                .conclusion()
                                .map(code -> t.term("CONCLUSION", code))
                                .orElse(""))
                .toArray();
    }

    private static String text(Optional<LocalDate> day) {
        return day.map(LocalDate::toString).orElse("");
    }

    private Answer show(Request request) {
        SubmissionCard card = found(request);
        Optional<SubmissionStep> asked = request.query("step")
                .flatMap(Submission::step)
                .filter(step -> card.submission().next().contains(step));
        Optional<SubmissionStep> chosen =
                asked.or(() -> card.submission().next().stream().findFirst());
        return page(request, card, 200, chosen.map(step -> StepDraft.blank(step, today().toString())), Map.of());
    }

    private Answer page(
            Request request, SubmissionCard card, int status, Optional<StepDraft> draft, Map<String, Word> problems) {
        Frame frame = Frame.of(
                request,
                request.tongue().say(Word.SUBMISSION) + " " + card.submission().no());
        boolean enters = Route.INSPECTION_SUBMISSION_STEP.isFor(request.viewer());
        return Answer.page(
                status,
                screens.render(
                        "submission.jte",
                        Map.of(
                                "frame",
                                status == 200 ? frame : frame.ofChange(),
                                "card",
                                card,
                                "drafts",
                                draft.filter(ignored -> enters).stream().toList(),
                                "problems",
                                problems,
                                "today",
                                today())));
    }

    private Answer step(Request request) {
        SubmissionCard card = found(request);
        StepDraft draft = new StepDraft(
                request.field(StepDraft.STEP),
                request.field(StepDraft.ON),
                request.field(StepDraft.AGREED_ON),
                request.field(StepDraft.CONCLUSION),
                request.field(StepDraft.REPORT_NO),
                request.field(StepDraft.REASON));
        Map<String, Word> problems = enter(request, card, draft);
        return problems.isEmpty()
                ? Answer.seeOther(Address.of(
                        Route.INSPECTION_SUBMISSION.path(card.submission().no()), Map.of("done", "submission-step")))
                : page(request, card, 422, Optional.of(draft), problems);
    }

    /** Enters a step and answers what is wrong with it, by field. */
    private Map<String, Word> enter(Request request, SubmissionCard card, StepDraft draft) {
        Map<String, Word> problems = draft.problems(card.submission());
        if (!problems.isEmpty()) {
            return problems;
        }
        return switch (decisions.step(card.submission().no(), draft.complete(), request.actor())) {
            case Outcome.Done ignored -> Map.of();
            case Outcome.Refused(InspectionDecisions.Problem problem) -> draft.refused(problem);
        };
    }

    private Answer stepForProgram(Request request) {
        SubmissionCard card = found(request);
        JsonBody body = JsonBody.of(request, "step", "on", "agreed_on", "conclusion", "report_no", "reason");
        StepDraft draft = new StepDraft(
                body.text("step").orElse(""),
                body.text("on").orElse(""),
                body.text("agreed_on").orElse(""),
                body.text("conclusion").orElse(""),
                body.text("report_no").orElse(""),
                body.text("reason").orElse(""));
        requireNone(enter(request, card, draft));
        return json(200, found(request).json(today()));
    }

    private Answer newPage(Request request, int status, SubmissionDraft draft, Map<String, Word> problems) {
        Frame frame = Frame.of(request, Word.SUBMISSION_NEW);
        return Answer.page(
                status,
                screens.render(
                        "newsubmission.jte",
                        Map.of("frame", frame, "draft", draft, "problems", problems, "bodies", query.bodies())));
    }

    private Answer add(Request request) {
        SubmissionDraft draft = new SubmissionDraft(
                request.field(SubmissionDraft.NO),
                request.field(SubmissionDraft.EQUIPMENT),
                request.field(SubmissionDraft.BODY),
                request.field(SubmissionDraft.KIND),
                request.field(SubmissionDraft.ON));
        Map<String, Word> problems = submit(request, draft);
        return problems.isEmpty()
                ? Answer.seeOther(
                        Address.of(Route.INSPECTION_SUBMISSION.path(draft.no()), Map.of("done", "submission-added")))
                : newPage(request, 422, draft, problems);
    }

    /** Submits a machine within the viewer's scope and answers what is wrong, by field. */
    private Map<String, Word> submit(Request request, SubmissionDraft draft) {
        Map<String, Word> problems = new LinkedHashMap<>(draft.problems());
        if (!problems.containsKey(SubmissionDraft.EQUIPMENT)
                && !query.reaches(request.scope(), draft.equipment(), today())) {
            problems.put(SubmissionDraft.EQUIPMENT, Word.WRONG_SUBMISSION_EQUIPMENT);
        }
        if (!draft.body().isEmpty() && !query.bodies().containsKey(draft.body())) {
            problems.put(SubmissionDraft.BODY, Word.WRONG_SUBMISSION_BODY);
        }
        if (!problems.isEmpty()) {
            return problems;
        }
        return switch (decisions.submit(draft.submission(), request.actor())) {
            case Outcome.Done ignored -> Map.of();
            case Outcome.Refused(InspectionDecisions.Problem problem) -> SubmissionDraft.refused(problem);
        };
    }

    private Answer addForProgram(Request request) {
        JsonBody body = JsonBody.of(request, "submission_no", "equipment_code", "body", "kind", "submitted_on");
        SubmissionDraft draft = new SubmissionDraft(
                body.text("submission_no").orElse(""),
                body.text("equipment_code").orElse(""),
                body.text("body").orElse(""),
                body.text("kind").orElse(""),
                body.text("submitted_on").orElse(""));
        requireNone(submit(request, draft));
        String address = Route.API_INSPECTION_SUBMISSION.path(draft.no());
        return new Answer.Text(
                201,
                Answer.JSON,
                JSON.writeValueAsString(Map.of("submission_no", draft.no())),
                Map.of("Location", address),
                List.of());
    }

    private static void requireNone(Map<String, Word> problems) {
        if (!problems.isEmpty()) {
            Map<String, String> said = new LinkedHashMap<>();
            problems.forEach((field, problem) -> said.put(field.replace('-', '_'), PROGRAMS.say(problem)));
            throw Refusal.wrongFields(said);
        }
    }

    /** The submission of the path, within the viewer's scope. */
    private SubmissionCard found(Request request) {
        String no = request.parameter("submission");
        // A text that the database cannot hold is no submission's number.
        if (!SubmissionDraft.isText(no)) {
            throw Refusal.notFound();
        }
        return query.find(request.scope(), no, today()).orElseThrow(Refusal::notFound);
    }

    private static Answer json(int status, Object body) {
        return Answer.json(status, JSON.writeValueAsString(body));
    }
}

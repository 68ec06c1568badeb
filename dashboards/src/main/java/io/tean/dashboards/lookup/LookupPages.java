package io.tean.dashboards.lookup;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.access.Viewer;
import io.tean.dashboards.list.Day;
import io.tean.dashboards.register.Part;
import io.tean.dashboards.route.Answer;
import io.tean.dashboards.route.Frame;
import io.tean.dashboards.route.Handler;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.route.WebMeters;
import io.tean.dashboards.screen.Screens;
import io.tean.dashboards.screen.Word;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** The page behind a machine's label, the form for whoever has only its rescue code, and the check of a certificate. */
public final class LookupPages {
    /** No search engine lists what stands there, and no other site learns the code that somebody asked for. */
    private static final Map<String, String> HEADERS =
            Map.of("X-Robots-Tag", "noindex, nofollow", "Referrer-Policy", "no-referrer");

    private static final int LONGEST_CODE = 64;

    private final LookupQuery query;
    private final LookupBrake brake;
    private final Screens screens;
    private final MeterRegistry meters;
    private final InstantSource clock;

    public LookupPages(DataSource database, Screens screens, MeterRegistry meters, InstantSource clock) {
        this.query = new LookupQuery(database);
        this.brake = new LookupBrake(System::nanoTime);
        this.screens = screens;
        this.meters = meters;
        this.clock = clock;
    }

    /** The routes of this family. */
    public Map<Route, Handler> handlers() {
        return Map.of(
                Route.LOOKUP, this::ask,
                Route.LOOKUP_MACHINE, this::machine,
                Route.LOOKUP_CERTIFICATE, this::certificate);
    }

    /** The form; what was typed into it has an address of its own, which alone looks it up. */
    private Answer ask(Request request) {
        return request.query("code")
                .map(Route.LOOKUP_MACHINE::path)
                .or(() -> request.query("certificate").map(Route.LOOKUP_CERTIFICATE::path))
                .<Answer>map(Answer::seeOther)
                .orElseGet(() -> form(request, 200, Optional.empty(), "", List.of()));
    }

    private Answer machine(Request request) {
        String code = request.parameter("code").strip();
        List<PublicEntry> found =
                braked(request, () -> isCode(code) ? query.machines(scope(request), code, today()) : List.of());
        if (found.isEmpty()) {
            return form(request, 404, Optional.of(Word.LOOKUP_UNKNOWN_MACHINE), code, List.of());
        }
        if (found.size() > 1) {
            return form(request, 200, Optional.empty(), code, found);
        }
        PublicEntry machine = found.getFirst();
        List<Part.Filled> behind = machine.within()
                ? query.behind(scope(request).orElseThrow(), machine, request.language(), today())
                : List.of();
        return page(
                200,
                "lookup-machine.jte",
                Frame.of(request, machine.name()),
                Map.of("machine", machine, "behind", behind, "today", today()));
    }

    private Answer certificate(Request request) {
        String number = request.parameter("certificate").strip();
        List<Certificate> found = braked(
                request,
                () -> isCode(number)
                        ? query.certificate(scope(request), number).stream().toList()
                        : List.of());
        if (found.isEmpty()) {
            return form(request, 404, Optional.of(Word.LOOKUP_UNKNOWN_CERTIFICATE), number, List.of());
        }
        return page(
                200,
                "lookup-certificate.jte",
                Frame.of(request, Word.LOOKUP_CERTIFICATE),
                Map.of("certificate", found.getFirst(), "today", today()));
    }

    /** Looks something up, a stranger as often as the brake lets him. */
    private <T> List<T> braked(Request request, Lookup<T> lookup) {
        boolean stranger = scope(request).isEmpty();
        if (stranger && !brake.take(request.source())) {
            count("braked");
            throw Refusal.of(Refusal.Reason.TOO_MANY, "too many look-ups from this address: wait a few seconds");
        }
        List<T> found = lookup.found();
        if (stranger) {
            count(found.isEmpty() ? "unknown" : "found");
            if (found.isEmpty()) {
                brake.missed(request.source());
            }
        }
        return found;
    }

    private interface Lookup<T> {
        List<T> found();
    }

    /** Of whoever is logged in for good: a password that somebody else has seen opens nothing yet. */
    private static Optional<Scope> scope(Request request) {
        return request.visitor().filter(viewer -> !viewer.passwordDue()).map(Viewer::scope);
    }

    private static boolean isCode(String text) {
        return !text.isEmpty() && text.length() <= LONGEST_CODE && text.chars().noneMatch(Character::isISOControl);
    }

    private Answer form(Request request, int status, Optional<Word> problem, String typed, List<PublicEntry> sharing) {
        return page(
                status,
                "lookup.jte",
                Frame.of(request, Word.NAV_LOOKUP),
                Map.of("problem", problem, "typed", typed, "sharing", sharing));
    }

    private Answer page(int status, String template, Frame frame, Map<String, Object> content) {
        Map<String, Object> parameters = new HashMap<>(content);
        parameters.put("frame", frame);
        return new Answer.Text(status, Answer.HTML, screens.render(template, parameters), HEADERS, List.of());
    }

    private LocalDate today() {
        return Day.today(clock);
    }

    private void count(String outcome) {
        Counter.builder(WebMeters.LOOKUP.meterName())
                .description(WebMeters.LOOKUP.meaning())
                .tag("outcome", outcome)
                .register(meters)
                .increment();
    }
}

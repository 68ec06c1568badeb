package io.tean.alerting.notice;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tean.alerting.rule.PlacedYaml;
import io.tean.alerting.rule.RuleCatalogue;
import io.tean.core.alert.Severity;
import io.tean.core.stream.Mark;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one file of routes; every problem gets its place. */
final class RouteFile {
    private static final String DIGESTS = "digests";
    private static final Duration SMALL_DEADLINE = Duration.ofDays(2);

    private final PlacedYaml placed;
    private final String file;
    private final Optional<Text> text;

    /** The file, one component per key; what is missing is null. */
    record Text(
            @Nullable String route,
            @Nullable Integer version,
            @Nullable LocalDate effective,
            @Nullable String source,
            @Nullable Mark mark,
            @Nullable String dispatch,
            @Nullable List<StepText> steps,
            @Nullable DigestText digests) {}

    record StepText(
            @JsonProperty("on") @Nullable List<String> occasions,
            @Nullable String after,
            @Nullable List<String> severity,
            @Nullable List<String> rules,
            @Nullable List<String> tell,
            @Nullable Boolean small,
            @Nullable String deadline) {}

    record DigestText(@Nullable Integer storm, @Nullable String at) {}

    RouteFile(String file, String yaml, List<String> problems) {
        this.file = file;
        this.placed = new PlacedYaml(file, yaml, problems);
        this.text = placed.read(Text.class);
        text.ifPresent(this::header);
    }

    private void header(Text t) {
        placed.present("/route", t.route());
        if (t.route() != null && !Path.of(file).endsWith(t.route() + ".yaml")) {
            placed.problem("/route", t.route() + " stands in a file of another name; call it " + t.route() + ".yaml");
        }
        if (t.version() == null || t.version() < 1) {
            placed.problem("/version", "version needs a whole number from 1");
        }
        placed.present("/effective", t.effective());
        placed.present("/source", t.source());
        placed.present("/mark", t.mark());
    }

    Optional<Routes.Digests> digests() {
        if (text.isEmpty() || !DIGESTS.equals(text.get().route())) {
            return Optional.empty();
        }
        DigestText t = text.get().digests();
        if (t == null || t.storm() == null || t.storm() < 1 || t.at() == null) {
            placed.problem("/digests", "digests needs storm: a number from 1, and at: a time such as \"08:00\"");
            return Optional.empty();
        }
        try {
            return Optional.of(new Routes.Digests(t.storm(), LocalTime.parse(t.at())));
        } catch (DateTimeException e) {
            placed.problem("/digests/at", t.at() + " is no time such as \"08:00\"");
            return Optional.empty();
        }
    }

    /** The route, when nothing is wrong with it. */
    Optional<Route> route() {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Text t = text.get();
        String dispatch = t.dispatch() == null ? "" : t.dispatch();
        if (!dispatch.equals(Route.CASE) && !RuleCatalogue.DISPATCH_CLASSES.contains(dispatch)) {
            placed.problem(
                    "/dispatch",
                    "dispatch is " + t.dispatch() + ", known are case and " + RuleCatalogue.DISPATCH_CLASSES);
        }
        if (t.digests() != null) {
            placed.problem("/digests", "digests stands in digests.yaml only");
        }
        List<StepText> texts = t.steps() == null ? List.of() : t.steps();
        if (texts.isEmpty()) {
            placed.problem("/steps", "a route needs steps");
        }
        List<Route.Step> steps = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            steps.add(step("/steps/" + i, texts.get(i), dispatch.equals(Route.CASE)));
        }
        if (!placed.isGood()
                || t.route() == null
                || t.version() == null
                || t.effective() == null
                || t.source() == null
                || t.mark() == null) {
            return Optional.empty();
        }
        return Optional.of(new Route(t.route(), t.version(), t.effective(), t.source(), t.mark(), dispatch, steps));
    }

    private Route.Step step(String at, StepText t, boolean ofCase) {
        Set<String> occasions = new HashSet<>(t.occasions() == null ? List.of() : t.occasions());
        if (occasions.isEmpty() || !Routes.occasions(ofCase).containsAll(occasions)) {
            placed.problem(at + "/on", "on is " + t.occasions() + ", known are " + Routes.occasions(ofCase));
        }
        Duration after = placed.duration(at + "/after", t.after(), Duration.ZERO);
        boolean delayed = Route.DELAYED.containsAll(occasions);
        if (delayed == after.isZero()) {
            placed.problem(
                    at + "/after",
                    delayed ? "STAYED and UNANSWERED need after" : "only STAYED and UNANSWERED have after");
        }
        Set<Severity> severities = EnumSet.noneOf(Severity.class);
        List<String> words = t.severity() == null ? List.of() : t.severity();
        for (int i = 0; i < words.size(); i++) {
            Severity severity = placed.word(at + "/severity/" + i, words.get(i), Severity.class);
            if (severity != null) {
                severities.add(severity);
            }
        }
        List<List<Route.Whom>> tell = new ArrayList<>();
        List<String> told = t.tell() == null ? List.of() : t.tell();
        if (told.isEmpty()) {
            placed.problem(at + "/tell", "a step needs tell: who is told");
        }
        for (int i = 0; i < told.size(); i++) {
            List<Route.Whom> choice = new ArrayList<>();
            for (String word : told.get(i).split("\\|", -1)) {
                Optional<Route.Whom> whom = Route.Whom.of(word.strip());
                if (whom.isEmpty()) {
                    placed.problem(
                            at + "/tell/" + i,
                            word.strip()
                                    + " is nobody: such as firm.OFFICE, use-unit.SAFETY_OFFICER, unit.RESCUE, OFFICER, DISPATCHER");
                }
                whom.ifPresent(choice::add);
            }
            tell.add(choice);
        }
        boolean small = Boolean.TRUE.equals(t.small());
        Duration deadline = placed.duration(at + "/deadline", t.deadline(), small ? SMALL_DEADLINE : Duration.ZERO);
        if (deadline.isZero()) {
            placed.problem(at + "/deadline", "a step needs deadline: until when it must have been handed over");
        }
        return new Route.Step(
                occasions,
                severities.isEmpty() ? EnumSet.allOf(Severity.class) : severities,
                new HashSet<>(t.rules() == null ? List.of() : t.rules()),
                after,
                tell,
                small,
                deadline);
    }
}

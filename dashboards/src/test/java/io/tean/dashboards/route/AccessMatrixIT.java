package io.tean.dashboards.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.tean.dashboards.HandMadeBooks;
import io.tean.dashboards.access.Role;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.route.Caller.Badge;
import io.tean.dashboards.screen.Asset;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every route, asked by everyone for what is his and for what is not; what has to come of it is computed from the table of routes. */
class AccessMatrixIT {
    private static final Pattern PARAMETER = Pattern.compile(":([a-z]+)");

    /** Those of the inspection pages that name every machine. */
    private static final Set<Route> LISTS_OF_MACHINES = EnumSet.of(
            Route.INSPECTION_MACHINES,
            Route.INSPECTION_MACHINES_EXPORT,
            Route.INSPECTION_MACHINES_WORKBOOK,
            Route.INSPECTION_SUBMISSIONS,
            Route.INSPECTION_SUBMISSIONS_EXPORT,
            Route.INSPECTION_SUBMISSIONS_WORKBOOK,
            Route.INSPECTION_GAP,
            Route.API_INSPECTION_MACHINES,
            Route.API_INSPECTION_SUBMISSIONS);

    /** Those of the maintenance pages that name firms or days and no machine. */
    private static final Set<Route> WITHOUT_MACHINES = EnumSet.of(
            Route.MAINTENANCE_CALENDAR,
            Route.API_MAINTENANCE_CALENDAR,
            Route.MAINTENANCE_FIRMS,
            Route.MAINTENANCE_FIRMS_EXPORT,
            Route.MAINTENANCE_FIRMS_WORKBOOK,
            Route.API_MAINTENANCE_FIRMS);

    private static TwoSides city;
    private static List<Caller> callers;

    @BeforeAll
    static void open() {
        city = TwoSides.open();
        callers = city.callers();
    }

    @AfterAll
    static void close() throws Exception {
        city.close();
    }

    /** What the door or the handler says. */
    private enum Outcome {
        LET_IN,
        TO_THE_LOGIN,
        TO_A_NEW_PASSWORD,
        NO_LOGIN,
        NOT_ALLOWED,
        NOT_FOUND;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** Whose thing an address names. */
    private enum Whose {
        NOBODYS(""),
        OWN(" for its own"),
        FOREIGN(" of another organisation"),
        UNKNOWN(" for what is not there");

        private final String words;

        Whose(String words) {
            this.words = words;
        }
    }

    /**
     * An address of a route.
     *
     * @param ids what stands in the path in place of the parameters
     * @param holding that the ids are of
     */
    private record Target(Route route, Whose whose, List<String> ids, Optional<Holding> holding) {
        String path() {
            return route.path(ids.toArray());
        }
    }

    /** The names that may stand in a path, each with an id of nothing. */
    private enum Parameter {
        ALERT("999999999"),
        SILENCE("999999999"),
        CASE("999999999"),
        LINK("no-such-link"),
        DEVICE("device-of-nobody"),
        LETTER("999999999"),
        CODE("no-such-machine"),
        ORGANISATION("no-such-organisation"),
        CYLINDER("no-such-cylinder"),
        IMPORT("999999999"),
        KIND("no-such-kind"),
        ACCOUNT("no-such-account"),
        TOKEN("999999999"),
        ENTRY("999999999"),
        SUBMISSION("no-such-submission"),
        MONTH("2024-01"),
        BULLETIN("2026-13"),
        FIRM("no-such-firm"),
        RECORD("999999999"),
        CERTIFICATE("no-such-certificate"),
        SUSPENSION("999999999"),
        NOTICE("00000000-0000-0000-0000-000000000000"),
        RECIPIENT("999999999"),
        RULE("no-such-rule"),
        FILE("no-such-file.css");

        private final String unknown;

        Parameter(String unknown) {
            this.unknown = unknown;
        }

        static List<Parameter> of(Route route) {
            return PARAMETER
                    .matcher(route.path())
                    .results()
                    .map(MatchResult::group)
                    .map(name -> valueOf(name.substring(1).toUpperCase(Locale.ROOT)))
                    .toList();
        }
    }

    @TestFactory
    Stream<DynamicNode> everyRoute_letsInWhomItsRuleNames_andShowsNobodyWhatIsNotHis() {
        return Arrays.stream(Route.values()).map(route -> dynamicContainer(route.name(), asked(route)));
    }

    @Test
    void matrix_holdsEveryRole_andEveryScope() {
        assertThat(callers.stream().flatMap(caller -> caller.seat().stream()))
                .extracting(Caller.Seat::role)
                .contains(Role.values());
        assertThat(callers.stream()
                        .flatMap(caller -> caller.seat().stream())
                        .map(seat -> seat.scope().getClass().getSimpleName()))
                .contains("City", "Division", "Organisation");
    }

    /** What one caller asks for, and what has to come of it. */
    private record Question(Target target, Caller caller, Outcome expected) {
        DynamicTest test() {
            String name = target.route() + " as " + caller + target.whose().words + ": " + expected;
            return dynamicTest(name, () -> check(name, target, caller, expected));
        }
    }

    /** Those that must be refused come first, so that the database is looked at once after all of them. */
    private static Stream<DynamicTest> asked(Route route) {
        List<Question> letIn = new ArrayList<>();
        List<Question> refused = new ArrayList<>();
        callers.stream()
                .flatMap(caller -> asked(route, caller))
                .forEach(question -> (question.expected == Outcome.LET_IN ? letIn : refused).add(question));
        if (route.kind().changes()) {
            // To log in changes something too: it must not happen between what is refused.
            refused.forEach(question -> city.badge(question.caller, route));
        }
        Stream<DynamicTest> unchanged = route.kind().changes() && !refused.isEmpty()
                ? Stream.of(dynamicTest(route + " was refused: nothing changed", () -> {
                    String before = city.lastFingerprint();
                    assertThat(city.fingerprint()).isEqualTo(before);
                }))
                : Stream.empty();
        return Stream.of(
                        refused.stream().map(Question::test),
                        unchanged,
                        letIn.stream().map(Question::test))
                .flatMap(tests -> tests);
    }

    private static Stream<Question> asked(Route route, Caller caller) {
        boolean forPrograms = route.kind().ofApi() || route.tokenScope().isPresent();
        boolean administrator =
                caller.seat().filter(seat -> seat.role() == Role.ADMINISTRATOR).isPresent();
        boolean nothingLacks = caller.badge() == Badge.TOKEN_WITHOUT_SCOPE
                && route.tokenScope().isEmpty();
        // What no token opens, the mightiest one does not.
        boolean opensNothing = caller.badge() == Badge.TOKEN && !forPrograms && !administrator;
        if (nothingLacks || opensNothing) {
            return Stream.empty();
        }
        List<Target> targets = targets(route, caller);
        // Whom the door stops, it stops before anything is looked up: once is enough.
        boolean stopped = atTheDoor(route, caller) != Outcome.LET_IN;
        return targets.stream()
                .limit(stopped ? 1 : targets.size())
                .map(target -> new Question(target, caller, expected(target, caller)));
    }

    private static Outcome expected(Target target, Caller caller) {
        Outcome atTheDoor = atTheDoor(target.route(), caller);
        boolean reaches = target.whose() == Whose.NOBODYS || target.whose() == Whose.OWN;
        return atTheDoor == Outcome.LET_IN && !reaches ? Outcome.NOT_FOUND : atTheDoor;
    }

    private static Outcome atTheDoor(Route route, Caller caller) {
        boolean opensPagesOnly = !route.kind().ofApi() && route.tokenScope().isEmpty();
        boolean probeForAnyone = route.kind() == Route.Kind.PROBE && route.who() instanceof Who.Anyone;
        if (caller.badge().isToken() && opensPagesOnly && !probeForAnyone) {
            return Outcome.NO_LOGIN;
        }
        return switch (route.who()) {
            case Who.Anyone(), Who.LinkHolder() -> Outcome.LET_IN;
            case Who.Neighbours() -> {
                // The tests themselves are neighbours; a browser's session is not.
                if (caller.seat().isEmpty()) {
                    yield Outcome.LET_IN;
                }
                yield caller.badge().isToken() ? withAccount(route, caller) : Outcome.NOT_ALLOWED;
            }
            case Who.SignedIn() -> caller.seat().isEmpty() ? toStranger(route) : withAccount(route, caller);
            case Who.Roles(Set<Role> roles) -> {
                if (caller.seat().isEmpty()) {
                    yield toStranger(route);
                }
                yield roles.contains(caller.account().role()) ? withAccount(route, caller) : Outcome.NOT_ALLOWED;
            }
        };
    }

    private static Outcome toStranger(Route route) {
        return switch (route.kind()) {
            case PAGE, EXPORT -> Outcome.TO_THE_LOGIN;
            case CHANGE, UPLOAD, STREAM, API, API_CHANGE, PROBE -> Outcome.NO_LOGIN;
        };
    }

    /** Of an account whose role is right. */
    private static Outcome withAccount(Route route, Caller caller) {
        if ((route.within() == Within.BUREAU || route.within() == Within.NOTICES)
                && caller.account().scope() instanceof Scope.Organisation) {
            return Outcome.NOT_FOUND;
        }
        if ((route.within() == Within.CITY || route.within() == Within.IMPORTS)
                && !(caller.account().scope() instanceof Scope.City)) {
            return Outcome.NOT_FOUND;
        }
        return switch (caller.badge()) {
            case NOTHING, SESSION, TOKEN -> Outcome.LET_IN;
            case TOKEN_WITHOUT_SCOPE -> Outcome.NOT_ALLOWED;
            case SESSION_WITH_PASSWORD_DUE ->
                switch (route) {
                    case PASSWORD, PASSWORD_CHANGE, LOGOUT -> Outcome.LET_IN;
                    default -> route.kind() == Route.Kind.PAGE ? Outcome.TO_A_NEW_PASSWORD : Outcome.NOT_ALLOWED;
                };
        };
    }

    /** The addresses of a route that this caller asks for, by its scope rule: no rule without its things. */
    private static List<Target> targets(Route route, Caller caller) {
        List<Parameter> parameters = Parameter.of(route);
        if (parameters.isEmpty()) {
            return List.of(new Target(route, Whose.NOBODYS, List.of(), Optional.empty()));
        }
        List<Target> targets = new ArrayList<>();
        switch (route.within()) {
            case NOTHING_OF_ANYONE -> {
                assertThat(parameters).containsExactly(Parameter.FILE);
                String file = Asset.STYLE.path().replaceFirst("^/static/", "");
                targets.add(new Target(route, Whose.OWN, List.of(file), Optional.empty()));
            }
            case BUREAU, CITY -> {
                assertThat(parameters).hasSize(1).containsAnyOf(Parameter.MONTH, Parameter.RULE);
                String own = parameters.contains(Parameter.RULE) ? HandMadeBooks.RULE : TwoSides.MONTH;
                targets.add(new Target(route, Whose.OWN, List.of(own), Optional.empty()));
            }
            case OWN_ACCOUNT -> {
                assertThat(parameters).containsExactly(Parameter.TOKEN);
                caller.seat().ifPresent(seat -> targets.add(token(route, Whose.OWN, List.of(), seat.id())));
                targets.add(token(route, Whose.FOREIGN, List.of(), city.accountId(TwoSides.SUBJECT)));
            }
            case ACCOUNTS -> targets.addAll(accountTargets(route, parameters));
            case ALERTS -> {
                assertThat(parameters)
                        .containsAnyOf(Parameter.ALERT, Parameter.SILENCE)
                        .hasSize(1);
                targets.addAll(held(route, caller));
            }
            case CASES -> {
                assertThat(parameters).containsExactly(Parameter.CASE);
                targets.addAll(held(route, caller));
            }
            case LINKED_CALL -> {
                assertThat(parameters).containsExactly(Parameter.LINK);
                Holding any = city.holdings().getFirst();
                targets.add(new Target(route, Whose.OWN, List.of(any.link()), Optional.of(any)));
            }
            case PUBLIC_LOOKUP -> {
                assertThat(parameters)
                        .containsAnyOf(Parameter.CODE, Parameter.CERTIFICATE)
                        .hasSize(1);
                // Everybody's, but not all of it: see the words that must not stand there.
                held(route, caller)
                        .forEach(held -> targets.add(new Target(route, Whose.OWN, held.ids(), held.holding())));
            }
            case DEVICES -> {
                assertThat(parameters).containsExactly(Parameter.DEVICE);
                targets.addAll(held(route, caller));
            }
            case DEAD_LETTERS -> {
                assertThat(parameters).containsExactly(Parameter.LETTER);
                targets.addAll(held(route, caller));
            }
            case MAINTENANCE -> {
                assertThat(parameters)
                        .containsAnyOf(Parameter.RECORD, Parameter.SUSPENSION)
                        .hasSize(1);
                targets.addAll(held(route, caller));
            }
            case EQUIPMENT -> {
                assertThat(parameters).containsExactly(Parameter.CODE);
                targets.addAll(held(route, caller));
            }
            case ORGANISATIONS -> {
                assertThat(parameters).containsExactly(Parameter.ORGANISATION);
                targets.addAll(held(route, caller));
            }
            case CYLINDERS -> {
                assertThat(parameters).containsExactly(Parameter.CYLINDER);
                targets.addAll(held(route, caller));
            }
            case IMPORTS -> {
                String own = parameters.equals(List.of(Parameter.KIND)) ? "equipment" : city.importId();
                targets.add(new Target(route, Whose.OWN, List.of(own), Optional.empty()));
            }
            case FILLS -> throw new IllegalStateException(route + ": a fill has no page; write a fixture");
            case OPERATORS -> throw new IllegalStateException(route + ": an operator has no page; write a fixture");
            case AUDIT -> {
                assertThat(parameters).containsExactly(Parameter.ENTRY);
                targets.addAll(held(route, caller));
            }
            case INSPECTION -> {
                assertThat(parameters).containsExactly(Parameter.SUBMISSION);
                targets.addAll(held(route, caller));
            }
            case FIGURES -> {
                assertThat(parameters).containsExactly(Parameter.BULLETIN);
                targets.add(new Target(route, Whose.OWN, List.of(TwoSides.MONTH), Optional.empty()));
            }
            case SCORES -> {
                assertThat(parameters).containsExactly(Parameter.FIRM);
                targets.addAll(firms(route, caller));
            }
            case NOTICES -> {
                assertThat(parameters)
                        .containsAnyOf(Parameter.NOTICE, Parameter.RECIPIENT)
                        .hasSize(1);
                targets.addAll(held(route, caller));
            }
        }
        List<String> unknown =
                parameters.stream().map(parameter -> parameter.unknown).toList();
        targets.add(new Target(route, Whose.UNKNOWN, unknown, Optional.empty()));
        return targets;
    }

    /** A maintenance firm whose score the caller may see, and one that he may not: the bureau sees them all. */
    private static List<Target> firms(Route route, Caller caller) {
        return city.holdings().stream()
                .filter(holding -> holding.marker().startsWith("maintenance-firm"))
                .map(holding -> new Target(
                        route,
                        seesFirm(holding, caller) ? Whose.OWN : Whose.FOREIGN,
                        List.of(holding.creditCode()),
                        Optional.of(holding)))
                .toList();
    }

    private static boolean seesFirm(Holding firm, Caller caller) {
        return caller.seat()
                .map(Caller.Seat::scope)
                .filter(scope -> scope.ofBureau() || firm.isWithin(scope))
                .isPresent();
    }

    private static List<Target> accountTargets(Route route, List<Parameter> parameters) {
        if (parameters.equals(List.of(Parameter.ACCOUNT))) {
            return List.of(new Target(route, Whose.OWN, List.of(TwoSides.SUBJECT), Optional.empty()));
        }
        assertThat(parameters).containsExactly(Parameter.ACCOUNT, Parameter.TOKEN);
        List<String> subject = List.of(TwoSides.SUBJECT);
        return List.of(
                token(route, Whose.OWN, subject, city.accountId(TwoSides.SUBJECT)),
                // A token of another account than the one in the path.
                token(route, Whose.FOREIGN, subject, city.seat(Role.FIRM).id()));
    }

    private static Target token(Route route, Whose whose, List<String> before, int account) {
        List<String> ids = new ArrayList<>(before);
        ids.add(Long.toString(city.tokenId(account)));
        return new Target(route, whose, List.copyOf(ids), Optional.empty());
    }

    /** One of what the caller's scope covers; of what it does not: the nearest, the like of it elsewhere, and what is nobody's. */
    private static List<Target> held(Route route, Caller caller) {
        Scope none = new Scope.Organisation(0);
        Scope scope = caller.seat().map(Caller.Seat::scope).orElse(none);
        List<Holding> all = city.holdings().stream()
                .filter(holding -> route.within() != Within.ORGANISATIONS
                        || holding.organisation().isPresent())
                .toList();
        List<Holding> own =
                all.stream().filter(holding -> holding.isWithin(scope)).toList();
        List<Holding> foreign =
                all.stream().filter(holding -> !holding.isWithin(scope)).toList();
        Stream<Target> its = own.stream().limit(1).map(holding -> target(route, Whose.OWN, holding));
        Stream<Target> others = IntStream.of(0, foreign.size() / 2, foreign.size() - 1)
                .filter(index -> index >= 0 && !foreign.isEmpty())
                .distinct()
                .mapToObj(index -> target(route, Whose.FOREIGN, foreign.get(index)));
        return Stream.concat(its, others).toList();
    }

    private static Target target(Route route, Whose whose, Holding holding) {
        return new Target(route, whose, List.of(id(route, holding)), Optional.of(holding));
    }

    private static String id(Route route, Holding holding) {
        return switch (route.within()) {
            case ALERTS ->
                Long.toString(
                        Parameter.of(route).contains(Parameter.SILENCE)
                                ? holding.alarm().silence()
                                : holding.alarm().alert());
            case CASES -> Long.toString(holding.rescue());
            case DEVICES -> holding.device();
            case DEAD_LETTERS -> Long.toString(holding.letter());
            case EQUIPMENT -> "equipment-" + holding.marker();
            case ORGANISATIONS -> holding.creditCode();
            case CYLINDERS -> "cylinder-" + holding.marker();
            case AUDIT -> Long.toString(holding.entry());
            case INSPECTION -> "submission-" + holding.marker();
            case MAINTENANCE ->
                Long.toString(
                        Parameter.of(route).contains(Parameter.SUSPENSION) ? holding.suspension() : holding.visit());
            case NOTICES ->
                Parameter.of(route).contains(Parameter.NOTICE)
                        ? holding.told().notice()
                        : Long.toString(holding.told().recipient());
            case PUBLIC_LOOKUP ->
                (Parameter.of(route).contains(Parameter.CERTIFICATE) ? "certificate-" : "equipment-")
                        + holding.marker();
            case NOTHING_OF_ANYONE,
                    OWN_ACCOUNT,
                    BUREAU,
                    CITY,
                    ACCOUNTS,
                    OPERATORS,
                    FILLS,
                    IMPORTS,
                    LINKED_CALL,
                    FIGURES,
                    SCORES -> throw new IllegalStateException(route + " is of no holding");
        };
    }

    private static void check(String name, Target target, Caller caller, Outcome expected) {
        Route route = target.route();
        String[] badge = caller.badge() == Badge.NOTHING && route == Route.LOGIN_ENTER
                ? new String[] {"Cookie", "tean-visit=somewhere"}
                : city.badge(caller, route);
        if (route.kind().changes() && expected != Outcome.LET_IN) {
            // As it was before the first of them.
            city.lastFingerprint();
        }
        String path =
                target.path() + (Parameter.of(route).isEmpty() && !route.kind().changes() ? "?size=200" : "");
        HttpResponse<String> answer = city.ask(route, path, badge);
        assertThat(outcome(route, answer))
                .as("%s (%s, %s)", name, answer.statusCode(), answer.body())
                .isEqualTo(expected);
        if (expected == Outcome.LET_IN) {
            city.touched();
            checkContent(target, caller, answer);
        }
        if (expected == Outcome.NOT_FOUND && target.whose() == Whose.FOREIGN) {
            checkLooksUnknown(target, answer, badge);
        }
        forbidden(route, caller)
                .forEach(marker ->
                        assertThat(withoutIds(answer.body(), target)).as(name).doesNotContain(marker));
    }

    private static Outcome outcome(Route route, HttpResponse<String> answer) {
        String location = answer.headers().firstValue("location").orElse("");
        return switch (answer.statusCode()) {
            case 401 -> Outcome.NO_LOGIN;
            case 403 -> Outcome.NOT_ALLOWED;
            case 404 -> Outcome.NOT_FOUND;
            case 303 -> {
                if (location.equals("/login") || location.startsWith("/login?next=")) {
                    yield Outcome.TO_THE_LOGIN;
                }
                yield location.equals("/password") ? Outcome.TO_A_NEW_PASSWORD : Outcome.LET_IN;
            }
            // Nothing was filled in.
            case 422 -> {
                assertThat(route).isEqualTo(Route.PASSWORD_CHANGE);
                yield Outcome.LET_IN;
            }
            default -> {
                assertThat(answer.statusCode())
                        .as("%s: %s", route, answer.body())
                        .isBetween(200, 299);
                yield Outcome.LET_IN;
            }
        };
    }

    /** A list holds all that is the caller's; a thing's page holds the thing. */
    private static void checkContent(Target target, Caller caller, HttpResponse<String> answer) {
        Route route = target.route();
        if (route.kind().changes()) {
            return;
        }
        if (target.holding().isPresent()) {
            Holding holding = target.holding().get();
            assertThat(answer.body()).contains(holding.marker());
            if (route.within() == Within.PUBLIC_LOOKUP
                    && holding.organisation().isPresent()
                    && seesInside(holding, caller)) {
                assertThat(answer.body()).contains("Operator " + holding.marker());
            }
            return;
        }
        boolean list = Parameter.of(route).isEmpty();
        switch (route.within()) {
            case DEVICES, DEAD_LETTERS, AUDIT ->
                assertThat(answer.body())
                        .contains(city.holdings().stream()
                                .filter(holding ->
                                        holding.isWithin(caller.account().scope()))
                                .map(Holding::device)
                                .toList());
            case MAINTENANCE -> {
                if (!WITHOUT_MACHINES.contains(route) && route != Route.VISIT_NEW) {
                    assertThat(answer.body())
                            .contains(city.holdings().stream()
                                    .filter(holding ->
                                            holding.isWithin(caller.account().scope()))
                                    .map(Holding::marker)
                                    .toList());
                }
            }
            case ALERTS ->
                assertThat(answer.body())
                        .contains(names(caller, route.path().contains("silences") ? "silence-" : "equipment-", false));
            case CASES -> assertThat(answer.body()).contains(names(caller, "place-", false));
            case EQUIPMENT -> assertThat(answer.body()).contains(names(caller, "Equipment ", false));
            case ORGANISATIONS -> assertThat(answer.body()).contains(names(caller, "Organisation ", true));
            case OPERATORS -> assertThat(answer.body()).contains(names(caller, "Operator ", false));
            case CYLINDERS -> assertThat(answer.body()).contains(names(caller, "cylinder-", false));
            case FILLS -> {
                if (route.path().contains("fills")) {
                    assertThat(answer.body()).contains(names(caller, "cylinder-", false));
                }
            }
            case ACCOUNTS -> {
                if (list && route != Route.ACCOUNT_NEW) {
                    assertThat(answer.body())
                            .contains(city.seats().stream()
                                    .map(Caller.Seat::account)
                                    .toList());
                }
            }
            case INSPECTION -> {
                if (LISTS_OF_MACHINES.contains(route)) {
                    assertThat(answer.body())
                            .contains(city.holdings().stream()
                                    .filter(holding ->
                                            holding.isWithin(caller.account().scope()))
                                    .map(holding -> "equipment-" + holding.marker())
                                    .toList());
                }
            }
            case NOTICES -> {
                if (route != Route.RECIPIENT_NEW) {
                    assertThat(answer.body()).contains(names(caller, "Recipient ", false));
                }
            }
            case SCORES ->
                assertThat(answer.body())
                        .contains(city.holdings().stream()
                                .filter(holding ->
                                        holding.marker().startsWith("maintenance-firm") && seesFirm(holding, caller))
                                .map(Holding::marker)
                                .toList());
            case NOTHING_OF_ANYONE, OWN_ACCOUNT, BUREAU, CITY, IMPORTS, LINKED_CALL, PUBLIC_LOOKUP, FIGURES -> {}
        }
    }

    private static List<String> names(Caller caller, String kind, boolean ofOrganisations) {
        return city.holdings().stream()
                .filter(holding -> holding.isWithin(caller.account().scope()))
                .filter(holding -> !ofOrganisations || holding.organisation().isPresent())
                .map(holding -> kind + holding.marker())
                .toList();
    }

    /** What belongs to another looks exactly like what is not there: nobody learns that it exists. */
    private static void checkLooksUnknown(Target target, HttpResponse<String> foreign, String[] badge) {
        List<String> ids = Parameter.of(target.route()).stream()
                .map(parameter -> parameter.unknown)
                .toList();
        Target nothing = new Target(target.route(), Whose.UNKNOWN, ids, Optional.empty());
        HttpResponse<String> unknown = city.ask(target.route(), nothing.path(), badge);
        assertThat(withoutIds(foreign.body(), target)).isEqualTo(withoutIds(unknown.body(), nothing));
        assertThat(withoutDates(foreign)).isEqualTo(withoutDates(unknown));
    }

    private static Map<String, List<String>> withoutDates(HttpResponse<String> answer) {
        Map<String, List<String>> headers =
                new java.util.TreeMap<>(answer.headers().map());
        headers.remove("content-length");
        headers.remove("date");
        return headers;
    }

    private static String withoutIds(String body, Target target) {
        return body.replace(target.path(), "ADDRESS");
    }

    /** Whether the caller sees more of it than the public does. */
    private static boolean seesInside(Holding holding, Caller caller) {
        return caller.badge() == Badge.SESSION
                && holding.isWithin(caller.account().scope());
    }

    private static List<String> forbidden(Route route, Caller caller) {
        if (route.within() == Within.LINKED_CALL) {
            // Whoever has the link.
            return List.of();
        }
        if (route.within() == Within.PUBLIC_LOOKUP) {
            return city.holdings().stream()
                    .filter(holding -> !seesInside(holding, caller))
                    .flatMap(holding ->
                            Stream.of("rule-", "Operator ", "worker-", "visit-").map(kind -> kind + holding.marker()))
                    .toList();
        }
        List<String> markers = new ArrayList<>(city.holdings().stream()
                .filter(holding -> caller.seat()
                        .filter(seat -> holding.isWithin(seat.scope()))
                        .isEmpty())
                .filter(holding -> route.within() != Within.SCORES || !seesFirm(holding, caller))
                .map(Holding::marker)
                .toList());
        if (route.within() == Within.OWN_ACCOUNT) {
            city.seats().stream()
                    .filter(other -> caller.seat().map(Caller.Seat::id).orElse(0) != other.id())
                    .forEach(other -> markers.add("of-account-" + other.id() + "-"));
        }
        return markers;
    }
}

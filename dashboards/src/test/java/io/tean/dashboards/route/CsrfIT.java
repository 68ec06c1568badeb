package io.tean.dashboards.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.tean.dashboards.access.Role;
import io.tean.dashboards.access.TokenScope;
import io.tean.dashboards.route.Caller.Seat;
import io.tean.dashboards.route.Refusal.Reason;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every change, sent by a browser that another site made send it. Whoever sends it may make the change; only where it comes from is wrong. */
class CsrfIT {
    private static final Pattern PARAMETER = Pattern.compile(":[a-z]+");

    private static TwoSides city;
    private static Seat administrator;

    @BeforeAll
    static void open() {
        city = TwoSides.open();
        administrator = city.seat(Role.ADMINISTRATOR);
    }

    @AfterAll
    static void close() throws Exception {
        city.close();
    }

    /** What is wrong with a change that another site has a browser send. */
    private enum Forgery {
        NO_WORD,
        WORD_OF_ANOTHER_SESSION,
        WORD_IN_THE_QUERY,
        WORD_IN_A_COOKIE,
        ORIGIN_OF_ANOTHER_SITE("Origin", "https://evil.example"),
        ORIGIN_NULL("Origin", "null"),
        ORIGIN_THAT_BEGINS_LIKE_OURS("Origin", "http://127.0.0.1.evil.example"),
        FROM_ANOTHER_SITE("Sec-Fetch-Site", "cross-site"),
        FROM_A_SISTER_SITE("Sec-Fetch-Site", "same-site");

        private final String header;
        private final String value;

        Forgery() {
            this("", "");
        }

        Forgery(String header, String value) {
            this.header = header;
            this.value = value;
        }

        String word(String right) {
            return switch (this) {
                case NO_WORD, WORD_IN_THE_QUERY, WORD_IN_A_COOKIE -> "";
                case WORD_OF_ANOTHER_SESSION -> Csrf.word(city.session(administrator));
                case ORIGIN_OF_ANOTHER_SITE,
                        ORIGIN_NULL,
                        ORIGIN_THAT_BEGINS_LIKE_OURS,
                        FROM_ANOTHER_SITE,
                        FROM_A_SISTER_SITE -> right;
            };
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    @TestFactory
    Stream<DynamicNode> change_thatAnotherSiteHadSent_isRefused_andChangesNothing() {
        return changes()
                .map(route -> dynamicContainer(
                        route.name(),
                        Stream.concat(
                                Arrays.stream(Forgery.values())
                                        .map(forgery ->
                                                dynamicTest(route + " with " + forgery, () -> forge(route, forgery))),
                                Stream.of(nothingChanged(route)))));
    }

    /** What a forged change is aimed at: it is refused, and so the next one may be aimed at the same. */
    private record Aim(String[] browser, String path) {}

    private static final Map<Route, Aim> FORGED = new EnumMap<>(Route.class);
    private static final Map<Route, Aim> READ = new EnumMap<>(Route.class);

    private static Aim aim(Map<Route, Aim> aims, Route route) {
        return aims.computeIfAbsent(route, r -> {
            Aim aim = new Aim(browser(r), path(r));
            city.fingerprint();
            return aim;
        });
    }

    private static void forge(Route route, Forgery forgery) {
        Aim aim = aim(FORGED, route);
        String[] browser = aim.browser;
        String right = TwoSides.csrf(browser);
        List<String> headers = new ArrayList<>(List.of(browser));
        if (!forgery.header.isEmpty()) {
            headers.addAll(List.of(forgery.header, forgery.value));
        }
        String path = aim.path;
        if (forgery == Forgery.WORD_IN_THE_QUERY) {
            path += "?csrf=" + right;
        } else if (forgery == Forgery.WORD_IN_A_COOKIE) {
            headers.set(1, headers.get(1) + "; csrf=" + right + "; x-csrf-token=" + right);
        }
        String word = forgery.word(right);
        // As it was before the first of them.
        city.lastFingerprint();
        double refused = refused();
        HttpResponse<String> answer = city.change(route, path, headers.toArray(String[]::new), word);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        assertThat(refused()).as("refused for their origin").isEqualTo(refused + 1);
        assertThat(answer.headers().firstValue("set-cookie")).isEmpty();
    }

    private static DynamicTest nothingChanged(Route route) {
        return dynamicTest(route + " was refused: nothing changed", () -> {
            String before = city.lastFingerprint();
            assertThat(city.fingerprint()).isEqualTo(before);
        });
    }

    /** Else the test above would say nothing. */
    @TestFactory
    Stream<DynamicNode> change_fromOurOwnPage_isCarriedOut() {
        return changes()
                .map(route -> dynamicTest(route.name(), () -> {
                    String[] browser = browser(route);
                    String path = path(route);
                    String before = city.fingerprint();
                    HttpResponse<String> answer = city.ask(route, path, browser);
                    // Nothing was filled in there.
                    boolean unfilled = route == Route.PASSWORD_CHANGE;
                    assertThat(answer.statusCode())
                            .as(answer.body())
                            .isIn(unfilled ? List.of(422) : List.of(200, 201, 303));
                    assertThat(city.fingerprint().equals(before)).isEqualTo(unfilled);
                }));
    }

    @TestFactory
    Stream<DynamicNode> tokensChange_needsNoWord_whereverItComesFrom() {
        return changes()
                .filter(route -> route.kind().ofApi())
                .map(route -> dynamicTest(route.name(), () -> {
                    String[] bearer = TwoSides.bearer(city.token(seat(route).id(), EnumSet.allOf(TokenScope.class)));
                    HttpResponse<String> answer = city.change(route, path(route), bearer, "");
                    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
                }));
    }

    @TestFactory
    Stream<DynamicNode> readingAnAddressOfAChange_changesNothing() {
        return changes()
                .map(route -> dynamicContainer(
                        route.name(),
                        Stream.concat(
                                Stream.of("GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS")
                                        .map(method -> dynamicTest(method + " " + route, () -> read(route, method))),
                                Stream.of(nothingChanged(route)))));
    }

    private static void read(Route route, String method) {
        Aim aim = aim(READ, route);
        HttpResponse<String> answer = city.send(
                HttpRequest.newBuilder(city.house().address(aim.path))
                        .header(Csrf.HEADER, TwoSides.csrf(aim.browser))
                        .method(method, HttpRequest.BodyPublishers.noBody()),
                aim.browser);
        boolean reads = method.equals("GET") || method.equals("HEAD");
        boolean alsoAPage = Arrays.stream(Route.values())
                .filter(other -> !other.kind().changes())
                .anyMatch(other -> other.path().equals(route.path()));
        assertThat(answer.statusCode()).isEqualTo(reads && alsoAPage ? 200 : 405);
    }

    @Test
    void stepBehindALink_needsNoWord_butAnotherSiteMayNotSendIt() {
        String path = Route.RESCUER_STEP.path(city.holdings().getFirst().link());
        String before = city.fingerprint();
        HttpResponse<String> forged =
                city.change(Route.RESCUER_STEP, path, new String[] {"Sec-Fetch-Site", "cross-site"}, "");
        assertThat(forged.statusCode()).isEqualTo(403);
        assertThat(city.fingerprint()).isEqualTo(before);
        // A page that sends no referrer sends no origin either.
        String[] own = {"Sec-Fetch-Site", "same-origin", "Origin", "null"};
        assertThat(city.change(Route.RESCUER_STEP, path, own, "").statusCode()).isEqualTo(303);
        assertThat(city.fingerprint()).isNotEqualTo(before);
    }

    private static Stream<Route> changes() {
        return Arrays.stream(Route.values())
                .filter(route -> route.kind().changes() && !(route.who() instanceof Who.LinkHolder));
    }

    /** Who may make a change: the administrator, or else the first of those who may. */
    private static Seat seat(Route route) {
        return route.who() instanceof Who.Roles(Set<Role> roles) && !roles.contains(Role.ADMINISTRATOR)
                ? city.seat(roles.iterator().next())
                : administrator;
    }

    /** A browser in which somebody is logged in who may; nobody is yet, where one logs in. */
    private static String[] browser(Route route) {
        return route == Route.LOGIN_ENTER
                ? new String[] {"Cookie", "tean-visit=somewhere"}
                : new String[] {"Cookie", "tean-session=" + city.session(seat(route))};
    }

    /** With ids of what whoever asks may change. */
    private static String path(Route route) {
        Object[] ids = PARAMETER
                .matcher(route.path())
                .results()
                .map(MatchResult::group)
                .map(name -> id(route, name))
                .toArray();
        return route.path(ids);
    }

    private static Object id(Route route, String name) {
        return switch (name) {
            // Each on the near side: the first of its kind of organisation.
            case ":alert" -> city.holdings().getFirst().alarm().alert();
            case ":case" -> city.holdings().getFirst().rescue();
            case ":silence" -> city.holdings().getFirst().alarm().silence();
            case ":record" ->
                city.holdings().get(seat(route).role() == Role.USE_UNIT ? 2 : 0).visit();
            case ":suspension" -> city.holdings().getFirst().suspension();
            case ":letter" -> city.holdings().getFirst().letter();
            case ":code" -> "equipment-" + city.holdings().getFirst().marker();
            case ":notice" -> city.holdings().getFirst().told().notice();
            case ":recipient" -> city.holdings().getFirst().told().recipient();
            case ":account" -> TwoSides.SUBJECT;
            case ":submission" -> "submission-" + city.holdings().getFirst().marker();
            case ":token" ->
                city.tokenId(route.path().contains(":account") ? city.accountId(TwoSides.SUBJECT) : administrator.id());
            default -> throw new IllegalStateException("write a fixture for " + name + " of " + route);
        };
    }

    private static double refused() {
        return city.house()
                .meters()
                .get(WebMeters.REFUSED.meterName())
                .tag("reason", Reason.NO_CSRF.slug())
                .counter()
                .count();
    }
}

package io.tean.dashboards.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tean.dashboards.access.Role;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.access.TokenScope;
import io.tean.dashboards.access.Viewer;
import io.tean.dashboards.access.Viewer.Credential;
import io.tean.dashboards.route.Received.Origin;
import io.tean.dashboards.route.Refusal.Reason;
import io.tean.dashboards.screen.Language;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoorkeeperTest {
    private static final Origin NEIGHBOUR = new Origin("127.0.0.1", true);
    private static final Origin FAR = new Origin("203.0.113.5", false);

    private final People people = new People();
    private final List<Request> handled = new ArrayList<>();
    private Doorkeeper keeper = keeper("http://tean.example");

    /** Sessions and tokens by what opens them; it notes what it was asked. */
    private static final class People implements Identity {
        final Map<String, Viewer> sessions = new HashMap<>();
        final Map<String, Viewer> tokens = new HashMap<>();
        final List<String> asked = new ArrayList<>();

        @Override
        public Optional<Viewer> session(String cookie) {
            asked.add(cookie);
            return Optional.ofNullable(sessions.get(cookie));
        }

        @Override
        public Optional<Viewer> token(String bearer) {
            asked.add(bearer);
            return Optional.ofNullable(tokens.get(bearer));
        }
    }

    @Test
    void stranger_isSentToTheLogin_andBackToWhereHeWanted() {
        assertThat(location(get(Route.DEVICES, "/devices?q=1"))).isEqualTo("/login?next=%2Fdevices%3Fq%3D1");
        assertThat(location(get(Route.DEVICES_EXPORT, "/devices.csv"))).isEqualTo("/login?next=%2Fdevices.csv");
        assertThat(location(get(Route.HOME, "/"))).isEqualTo("/login");
    }

    @ParameterizedTest
    @EnumSource(names = {"EVENTS", "API_ME", "API_DEVICES", "LOGOUT", "API_DEAD_LETTER_REPLAY"})
    void stranger_isNotSentAnywhere_whereAProgramAsks(Route route) {
        assertThat(refused(route, received(route.path()))).isEqualTo(Reason.NO_LOGIN);
    }

    @ParameterizedTest
    @EnumSource(names = {"LIVE", "READY", "ASSET"})
    void probe_isAnswered_withoutAskingWhoItIs(Route route) {
        Received received = with(
                with(received(route.path()), "authorization", "Bearer made-up"), Map.of("tean-session", "made-up"));
        keeper.pass(route, received, Map.of(), this::handle);
        assertThat(handled).hasSize(1);
        assertThat(people.asked).isEmpty();
    }

    @Test
    void cookieThatOpensNothing_isAStranger() {
        Received received = with(received("/devices"), Map.of("tean-session", "made-up"));
        assertThat(location(keeper.pass(Route.DEVICES, received, Map.of(), this::handle)))
                .startsWith("/login");
        assertThat(handled).isEmpty();
    }

    @Test
    void wrongRole_isNotAllowed() {
        assertThat(refused(Route.ACCOUNTS, session(Role.INSPECTOR, new Scope.City(), false)))
                .isEqualTo(Reason.NOT_ALLOWED);
    }

    @Test
    void organisationsViewer_doesNotFindTheCity() {
        assertThat(refused(Route.STATUS, session(Role.READ_ONLY, new Scope.Organisation(7), false)))
                .isEqualTo(Reason.NOT_FOUND);
        assertThat(refused(Route.METRICS, token(Role.FIRM, new Scope.Organisation(7), TokenScope.METRICS_READ)))
                .isEqualTo(Reason.NOT_FOUND);
    }

    @Test
    void passwordDue_leadsToThePageForANewOne_andNowhereElse() {
        Received received = session(Role.ADMINISTRATOR, new Scope.City(), true);
        assertThat(location(keeper.pass(Route.ACCOUNTS, received, Map.of(), this::handle)))
                .isEqualTo("/password");
        assertThat(refused(Route.ACCOUNTS_EXPORT, received)).isEqualTo(Reason.NOT_ALLOWED);
        assertThat(refused(Route.ACCOUNT_ADD, received)).isEqualTo(Reason.NOT_ALLOWED);
        assertThat(refused(Route.API_ME, received)).isEqualTo(Reason.NOT_ALLOWED);
        assertThat(refused(Route.EVENTS, received)).isEqualTo(Reason.NOT_ALLOWED);
        assertThat(handled).isEmpty();
        keeper.pass(Route.PASSWORD, received, Map.of(), this::handle);
        assertThat(handled).hasSize(1);
    }

    @Test
    void token_opensWhatItsScopeNames() {
        keeper.pass(
                Route.API_DEVICES,
                token(Role.FIRM, new Scope.Organisation(7), TokenScope.DEVICES_READ),
                Map.of(),
                this::handle);
        assertThat(handled).hasSize(1);
        assertThat(refused(
                        Route.API_DEAD_LETTERS, token(Role.FIRM, new Scope.Organisation(7), TokenScope.DEVICES_READ)))
                .isEqualTo(Reason.NOT_ALLOWED);
    }

    @Test
    void token_neverDoesWhatItsAccountMayNot() {
        assertThat(refused(Route.API_ACCOUNTS, token(Role.INSPECTOR, new Scope.City(), TokenScope.ACCOUNTS_READ)))
                .isEqualTo(Reason.NOT_ALLOWED);
    }

    @ParameterizedTest
    @EnumSource(names = {"DEVICES", "LOGIN", "LOGIN_ENTER", "LOGOUT", "ACCOUNT_ADD", "EVENTS", "DEVICES_EXPORT"})
    void token_opensNoPage(Route route) {
        assertThat(refused(route, token(Role.ADMINISTRATOR, new Scope.City(), TokenScope.values())))
                .isEqualTo(Reason.NO_LOGIN);
    }

    @Test
    void unknownToken_isNoLogin_evenBesideAGoodSession() {
        Received received =
                with(session(Role.ADMINISTRATOR, new Scope.City(), false), "authorization", "Bearer made-up");
        assertThat(refused(Route.API_ME, received)).isEqualTo(Reason.NO_LOGIN);
    }

    @Test
    void neighbour_readsTheMetrics_andNobodyElseWithoutAToken() {
        keeper.pass(Route.METRICS, from(received("/metrics"), NEIGHBOUR), Map.of(), this::handle);
        assertThat(handled).hasSize(1);
        assertThat(refused(Route.METRICS, received("/metrics"))).isEqualTo(Reason.NO_LOGIN);
        keeper.pass(
                Route.METRICS,
                token(Role.READ_ONLY, new Scope.City(), TokenScope.METRICS_READ),
                Map.of(),
                this::handle);
        assertThat(handled).hasSize(2);
    }

    @Test
    void change_withTheWordOfItsOwnPage_isCarriedOut() {
        change(changing(Map.of(), Csrf.word("cookie")));
        assertThat(handled).hasSize(1);
    }

    @Test
    void change_mayCarryTheWordInItsHead() {
        change(with(session(Role.ADMINISTRATOR, new Scope.City(), false), Csrf.HEADER, Csrf.word("cookie")));
        assertThat(handled).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "cookie"})
    void change_withAnotherWord_isNot(String word) {
        assertThat(refused(Route.DEAD_LETTER_DISCARD, changing(Map.of(), word))).isEqualTo(Reason.NO_CSRF);
    }

    @ParameterizedTest
    @CsvSource({
        "origin, https://evil.example",
        "origin, null",
        "origin, ''",
        "origin, http://tean.example.evil.example",
        "origin, http://tean.example:8080",
        "origin, https://tean.example",
        "sec-fetch-site, cross-site",
        "sec-fetch-site, same-site",
        "sec-fetch-site, none",
        "sec-fetch-site, SAME-ORIGIN"
    })
    void change_fromAnotherSite_isNot_evenWithTheWord(String header, String value) {
        assertThat(refused(Route.DEAD_LETTER_DISCARD, changing(Map.of(header, value), Csrf.word("cookie"))))
                .isEqualTo(Reason.NO_CSRF);
    }

    @Test
    void change_fromThePublicAddress_orTheHostAsked_isCarriedOut() {
        change(changing(Map.of("origin", "http://tean.example", "sec-fetch-site", "same-origin"), Csrf.word("cookie")));
        change(changing(Map.of("origin", "http://10.0.0.9:8080", "host", "10.0.0.9:8080"), Csrf.word("cookie")));
        assertThat(handled).hasSize(2);
    }

    @Test
    void change_byAToken_needsNoWord() {
        keeper.pass(
                Route.API_DEAD_LETTER_DISCARD,
                token(Role.ADMINISTRATOR, new Scope.City(), TokenScope.DEAD_LETTERS_DECIDE),
                Map.of(),
                this::handle);
        assertThat(handled).hasSize(1);
    }

    @Test
    void change_byAProgramWithASession_needsTheWord() {
        assertThat(refused(Route.API_DEAD_LETTER_DISCARD, session(Role.ADMINISTRATOR, new Scope.City(), false)))
                .isEqualTo(Reason.NO_CSRF);
    }

    @Test
    void loginForm_isBoundToTheBrowserThatFetchedIt() {
        Answer.Text page = (Answer.Text) get(Route.LOGIN, "/login");
        String visit = page.cookies().getFirst().value();
        Received own = form(
                with(received("/login"), Map.of("tean-visit", visit)),
                handled.getLast().csrf());
        keeper.pass(Route.LOGIN_ENTER, own, Map.of(), this::handle);
        assertThat(handled).hasSize(2);
        Received others = form(received("/login"), handled.getFirst().csrf());
        assertThat(refused(Route.LOGIN_ENTER, others)).isEqualTo(Reason.NO_CSRF);
    }

    @Test
    void underHttps_onlyCookiesOfThisHostCount() {
        keeper = keeper("https://tean.example");
        people.sessions.put("cookie", viewer(Role.INSPECTOR, new Scope.City(), new Credential.Session("key", false)));
        Received bare = with(received("/devices"), Map.of("tean-session", "cookie"));
        assertThat(location(keeper.pass(Route.DEVICES, bare, Map.of(), this::handle)))
                .startsWith("/login");
        keeper.pass(
                Route.DEVICES,
                with(received("/devices"), Map.of("__Host-tean-session", "cookie")),
                Map.of(),
                this::handle);
        assertThat(handled).hasSize(1);
    }

    @Test
    void languageAskedFor_isRemembered_andAnUnknownOneIsNot() {
        assertThat(((Answer.Text) get(Route.LOGIN, "/login", Map.of("lang", List.of("en")))).cookies())
                .extracting(CookieValue::name)
                .contains(Language.COOKIE);
        assertThat(((Answer.Text) get(Route.LOGIN, "/login", Map.of("lang", List.of("xx")))).cookies())
                .extracting(CookieValue::name)
                .doesNotContain(Language.COOKIE);
        assertThat(handled).extracting(Request::language).containsExactly(Language.EN, Language.ZH);
    }

    @ParameterizedTest
    @CsvSource({"//evil.example/x, /evil.example/x", "http://evil.example//x?q=1, /x", "/devices?q=1, /devices"})
    void pageInTheOtherLanguage_isOnThisHost(String uri, String path) {
        get(Route.LOGIN, uri);
        assertThat(handled.getFirst().with(Map.of("lang", "en"))).isEqualTo(path + "?lang=en");
    }

    private static Doorkeeper keeper(People people, String publicUrl) {
        URI url = URI.create(publicUrl);
        return new Doorkeeper(people, new Csrf(url), new Cookies(url));
    }

    private Doorkeeper keeper(String publicUrl) {
        return keeper(people, publicUrl);
    }

    private Answer handle(Request request) {
        handled.add(request);
        return Answer.page("handled");
    }

    private Answer get(Route route, String uri) {
        return get(route, uri, Map.of());
    }

    private Answer get(Route route, String uri, Map<String, List<String>> query) {
        Received bare = received(uri);
        Received received =
                new Received(uri, bare.headers(), bare.cookies(), query, bare.form(), bare.body(), bare.origin());
        return keeper.pass(route, received, Map.of(), this::handle);
    }

    private void change(Received received) {
        keeper.pass(Route.DEAD_LETTER_DISCARD, received, Map.of(), this::handle);
    }

    private Reason refused(Route route, Received received) {
        int before = handled.size();
        Refusal refusal =
                catchThrowableOfType(Refusal.class, () -> keeper.pass(route, received, Map.of(), this::handle));
        assertThat(refusal).as("refusal of " + route).isNotNull();
        assertThat(handled).hasSize(before);
        return refusal.reason();
    }

    private static String location(Answer answer) {
        return ((Answer.Text) answer).headers().getOrDefault("Location", "no location");
    }

    /** An administrator's change with this word. */
    private Received changing(Map<String, String> headers, String word) {
        Received received = session(Role.ADMINISTRATOR, new Scope.City(), false);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            received = with(received, header.getKey(), header.getValue());
        }
        return form(received, word);
    }

    private Received session(Role role, Scope scope, boolean due) {
        people.sessions.put("cookie", viewer(role, scope, new Credential.Session("key", due)));
        return with(received("/x"), Map.of("tean-session", "cookie"));
    }

    private Received token(Role role, Scope scope, TokenScope... scopes) {
        people.tokens.put("tean_word", viewer(role, scope, new Credential.Token(1, "program", Set.of(scopes))));
        return with(received("/x"), "authorization", "Bearer tean_word");
    }

    private static Viewer viewer(Role role, Scope scope, Credential credential) {
        return new Viewer(1, "somebody", "Somebody", role, scope, credential);
    }

    private static Received received(String uri) {
        return new Received(uri, Map.of(), Map.of(), Map.of(), Map.of(), "", FAR);
    }

    private static Received with(Received from, String header, String value) {
        Map<String, String> headers = new HashMap<>(from.headers());
        headers.put(header, value);
        return new Received(from.uri(), headers, from.cookies(), from.query(), from.form(), from.body(), from.origin());
    }

    private static Received with(Received from, Map<String, String> cookies) {
        return new Received(from.uri(), from.headers(), cookies, from.query(), from.form(), from.body(), from.origin());
    }

    private static Received from(Received from, Origin origin) {
        return new Received(from.uri(), from.headers(), from.cookies(), from.query(), from.form(), from.body(), origin);
    }

    private static Received form(Received from, String word) {
        Map<String, List<String>> form = Map.of(Csrf.FIELD, List.of(word));
        Map<String, String> headers = new HashMap<>(from.headers());
        headers.put("content-type", "application/x-www-form-urlencoded");
        return new Received(from.uri(), headers, from.cookies(), from.query(), form, from.body(), from.origin());
    }
}

package io.tean.dashboards.route;

import io.tean.dashboards.access.TokenScope;
import io.tean.dashboards.access.Viewer;
import io.tean.dashboards.route.Refusal.Reason;
import io.tean.dashboards.screen.Language;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Lets a request in or refuses it, by the rules of its route. Knows nothing of the network. */
final class Doorkeeper {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Identity identity;
    private final Csrf csrf;
    private final Cookies cookies;

    Doorkeeper(Identity identity, Csrf csrf, Cookies cookies) {
        this.identity = identity;
        this.csrf = csrf;
        this.cookies = cookies;
    }

    /**
     * Answers a request, or has the browser go where it must go first.
     *
     * @throws Refusal when the rules of the route say so
     */
    Answer pass(Route route, Received received, Map<String, String> parameters, Handler handler) {
        Language language = language(received);
        Optional<String> bearer = bearer(received);
        Optional<String> session = Optional.ofNullable(received.cookies().get(cookies.session()));
        Optional<String> visit = Optional.ofNullable(received.cookies().get(cookies.visit()));
        // A stranger on the login page has no session yet, but the form must be his browser's all the same.
        String fresh = session.or(() -> visit).orElseGet(Doorkeeper::random);
        Request request =
                new Request(route, received, viewer(route, bearer, session), parameters, language, Csrf.word(fresh));
        Optional<Answer> elsewhere = elsewhere(request);
        if (elsewhere.isPresent()) {
            return elsewhere.get();
        }
        if (route.kind().changes() && bearer.isEmpty()) {
            Optional<String> problem = route.who() instanceof Who.LinkHolder
                    ? Csrf.problemOfSite(received)
                    : csrf.problem(received, request.csrf());
            problem.ifPresent(sign -> {
                throw Refusal.of(Reason.NO_CSRF, sign);
            });
        }
        if (route.kind().changes()) {
            requireType(route, received);
        }
        Answer answer = handler.answer(request);
        if (answer instanceof Answer.Text text) {
            if (session.isEmpty() && visit.isEmpty() && route == Route.LOGIN) {
                text = text.with(new CookieValue(cookies.visit(), fresh, Optional.empty()));
            }
            return remember(text, received, language);
        }
        return answer;
    }

    /**
     * Whether a file may be sent at all, before any of it is read: by whom, and that it comes as a form.
     *
     * @throws Refusal when it may not
     */
    void admit(Route route, Received received) {
        Optional<String> session = Optional.ofNullable(received.cookies().get(cookies.session()));
        Viewer known = viewer(route, bearer(received), session)
                .orElseThrow(() -> Refusal.of(Reason.NO_LOGIN, "log in at " + Route.LOGIN.path()));
        elsewhere(new Request(route, received, Optional.of(known), Map.of(), language(received), ""));
        requireType(route, received);
    }

    /** A change comes as what its route takes; a change that is told nothing needs no type. */
    private static void requireType(Route route, Received received) {
        Optional<String> type = received.header("content-type");
        boolean nothing = received.body().isEmpty() && received.form().isEmpty();
        String wanted = route.kind().contentType();
        if ((!nothing || route.kind() == Route.Kind.UPLOAD)
                && !type.orElse("").replaceFirst(";.*", "").strip().equalsIgnoreCase(wanted)) {
            throw Refusal.of(Reason.WRONG_TYPE, "send it with Content-Type: " + wanted);
        }
    }

    private Optional<Viewer> viewer(Route route, Optional<String> bearer, Optional<String> session) {
        if (route.kind() == Route.Kind.PROBE && route.who() instanceof Who.Anyone) {
            // Nobody need be known here, and a made-up cookie must not have the database asked: a probe runs on the
            // event loop.
            return Optional.empty();
        }
        if (bearer.isPresent()) {
            if (!route.kind().ofApi() && route.tokenScope().isEmpty()) {
                throw Refusal.of(Reason.NO_LOGIN, "tokens open the API only, see " + Route.API_CONTRACT.path());
            }
            Optional<Viewer> known = identity.token(bearer.get());
            if (known.isEmpty()) {
                throw Refusal.of(
                        Reason.NO_LOGIN,
                        "the token is unknown, expired or revoked: make a new one at " + Route.TOKENS.path());
            }
            return known;
        }
        return session.flatMap(identity::session);
    }

    /** Where the request has to go instead: the login, or the page for a new password. */
    private Optional<Answer> elsewhere(Request request) {
        Route route = request.route();
        if (route.who() instanceof Who.Anyone || route.who() instanceof Who.LinkHolder) {
            return Optional.empty();
        }
        if (request.visitor().isEmpty()) {
            if (route.who() instanceof Who.Neighbours) {
                if (request.received().origin().neighbour()) {
                    return Optional.empty();
                }
                throw Refusal.of(
                        Reason.NO_LOGIN, "this address answers programs on this machine, and tokens with its scope");
            }
            if (route.kind() == Route.Kind.PAGE || route.kind() == Route.Kind.EXPORT) {
                String next = route == Route.HOME ? "" : request.received().uri();
                return Optional.of(Answer.seeOther(Address.of(Route.LOGIN.path(), Map.of("next", next))));
            }
            throw Refusal.of(
                    Reason.NO_LOGIN, "log in at " + Route.LOGIN.path() + ", or send a token: Authorization: Bearer …");
        }
        Viewer viewer = request.viewer();
        if (!route.who().admits(viewer)) {
            throw Refusal.of(
                    Reason.NOT_ALLOWED,
                    "this is not for the role " + viewer.role().word());
        }
        if (!route.isFor(viewer)) {
            throw Refusal.notFound();
        }
        if (viewer.credential() instanceof Viewer.Credential.Token token) {
            TokenScope needed = route.tokenScope().orElse(null);
            if (needed != null && !token.scopes().contains(needed)) {
                throw Refusal.of(Reason.NOT_ALLOWED, "the token lacks the scope " + needed.word());
            }
        }
        boolean onTheWay = route == Route.PASSWORD || route == Route.PASSWORD_CHANGE || route == Route.LOGOUT;
        if (viewer.passwordDue() && !onTheWay) {
            if (route.kind() == Route.Kind.PAGE) {
                return Optional.of(Answer.seeOther(Route.PASSWORD.path()));
            }
            throw Refusal.of(Reason.NOT_ALLOWED, "a new password comes first: " + Route.PASSWORD.path());
        }
        return Optional.empty();
    }

    Language language(Received received) {
        return asked(received)
                .or(() -> Optional.ofNullable(received.cookies().get(Language.COOKIE))
                        .flatMap(Language::named))
                .orElse(Language.ZH);
    }

    private static Optional<Language> asked(Received received) {
        return Received.first(received.query(), "lang").flatMap(Language::named);
    }

    private static Answer remember(Answer.Text text, Received received, Language language) {
        return asked(received).isEmpty()
                ? text
                : text.with(new CookieValue(Language.COOKIE, language.word(), Optional.of(Language.REMEMBERED)));
    }

    private static Optional<String> bearer(Received received) {
        return received.header("authorization")
                .filter(text -> text.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(text -> text.substring(7).strip());
    }

    private static String random() {
        byte[] bytes = new byte[18];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

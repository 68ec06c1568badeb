package io.tean.dashboards.account;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tean.core.audit.Actor;
import io.tean.dashboards.access.Viewer.Credential;
import io.tean.dashboards.account.AccountLedger.Outcome;
import io.tean.dashboards.account.LoginBrake.Attempt;
import io.tean.dashboards.route.Address;
import io.tean.dashboards.route.Answer;
import io.tean.dashboards.route.CookieValue;
import io.tean.dashboards.route.Cookies;
import io.tean.dashboards.route.Frame;
import io.tean.dashboards.route.Handler;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.route.WebMeters;
import io.tean.dashboards.screen.Screens;
import io.tean.dashboards.screen.Word;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Logging in and out, and a person's own password. */
final class LoginPages {
    private final AccountLedger ledger;
    private final Sessions sessions;
    private final Seats seats;
    private final LoginBrake brake;
    private final Cookies cookies;
    private final Screens screens;
    private final MeterRegistry meters;

    LoginPages(
            AccountLedger ledger,
            Sessions sessions,
            Seats seats,
            LoginBrake brake,
            Cookies cookies,
            Screens screens,
            MeterRegistry meters) {
        this.ledger = ledger;
        this.sessions = sessions;
        this.seats = seats;
        this.brake = brake;
        this.cookies = cookies;
        this.screens = screens;
        this.meters = meters;
    }

    Map<Route, Handler> handlers() {
        return Map.of(
                Route.HOME,
                request -> Answer.seeOther(Route.start(request.viewer()).path()),
                Route.LOGIN,
                request -> request.visitor().isPresent()
                        ? Answer.seeOther(next(request.query("next")))
                        : loginPage(request, 200, request.query("next").orElse(""), "", Optional.empty()),
                Route.LOGIN_ENTER,
                this::enter,
                Route.LOGOUT,
                this::leave,
                Route.PASSWORD,
                request -> passwordPage(request, 200, Map.of()),
                Route.PASSWORD_CHANGE,
                this::changePassword);
    }

    private Answer enter(Request request) {
        String name = request.field("name").strip();
        String password = request.field("password");
        Optional<String> cookie = request.cookie(cookies.seat());
        Optional<String> seat = AccountDraft.isName(name) ? seats.find(name, cookie) : Optional.empty();
        Attempt attempt = new Attempt(name, request.source(), seat);
        Duration wait = brake.ask(attempt);
        if (!wait.isZero()) {
            count("delayed");
            String said = request.tongue()
                    .say(Word.LOGIN_WAIT, Math.max(1, wait.plusMillis(999).toSeconds()));
            return loginPage(request, 429, request.field("next"), name, Optional.of(said));
        }
        Optional<Account> account =
                Passwords.isTooLong(password) ? Optional.empty() : ledger.authenticate(name, password);
        if (account.isEmpty()) {
            count("failed");
            String said = request.tongue().say(Word.LOGIN_FAILED);
            return loginPage(request, 401, request.field("next"), name, Optional.of(said));
        }
        brake.succeeded(attempt);
        count("ok");
        String opened = sessions.open(account.get(), request.source());
        ledger.noteLogin(account.get(), Actor.account(account.get().name(), request.source()));
        return Answer.seeOther(next(Optional.of(request.field("next"))))
                .with(new CookieValue(cookies.session(), opened, Optional.empty()))
                .with(new CookieValue(
                        cookies.seat(),
                        seats.remember(account.get().id(), seat, cookie),
                        Optional.of(Seats.REMEMBERED)));
    }

    private Answer leave(Request request) {
        if (request.viewer().credential() instanceof Credential.Session session) {
            sessions.end(session.key());
        }
        return Answer.seeOther(Address.of(Route.LOGIN.path(), Map.of("done", "logged-out")))
                .with(CookieValue.forget(cookies.session()));
    }

    private Answer changePassword(Request request) {
        String name = request.viewer().account();
        if (!request.field("fresh").equals(request.field("again"))) {
            return passwordPage(request, 422, Map.of("again", Word.WRONG_PASSWORD_AGAIN));
        }
        // Whoever sits down at an open session must not guess at the password behind it either.
        Attempt attempt = new Attempt(name, request.source(), Optional.of("own " + name));
        Duration wait = brake.ask(attempt);
        if (!wait.isZero()) {
            throw Refusal.of(
                    Refusal.Reason.TOO_MANY, "wait " + wait.plusMillis(999).toSeconds() + " s");
        }
        Outcome outcome =
                ledger.changePassword(name, request.field("current"), request.field("fresh"), request.actor());
        return switch (outcome) {
            case Outcome.Wrong(Map<String, Word> problems) -> {
                if (!problems.containsKey("current")) {
                    brake.succeeded(attempt);
                }
                yield passwordPage(request, 422, problems);
            }
            case Outcome.Done ignored -> {
                brake.succeeded(attempt);
                Account account = ledger.find(name).orElseThrow(Refusal::notFound);
                sessions.accountChanged(account.id());
                String opened = sessions.open(account, request.source());
                yield Answer.seeOther(Address.of(Route.start(request.viewer()).path(), Map.of("done", "password")))
                        .with(new CookieValue(cookies.session(), opened, Optional.empty()));
            }
        };
    }

    private Answer.Text loginPage(Request request, int status, String next, String name, Optional<String> problem) {
        return Answer.page(
                status,
                screens.render(
                        "login.jte",
                        Map.of(
                                "frame",
                                Frame.of(request, Word.LOGIN),
                                "next",
                                next,
                                "name",
                                name,
                                "problem",
                                problem.orElse(""))));
    }

    private Answer.Text passwordPage(Request request, int status, Map<String, Word> problems) {
        return Answer.page(
                status,
                screens.render(
                        "password.jte",
                        Map.of(
                                "frame", Frame.of(request, Word.PASSWORD_PAGE),
                                "due", request.viewer().passwordDue(),
                                "problems", problems)));
    }

    /** Where to go after the login: an address of ours, never one of somebody else's. */
    static String next(Optional<String> asked) {
        return asked.filter(address -> address.startsWith("/")
                        && !address.startsWith("//")
                        && address.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\'))
                .orElse(Route.HOME.path());
    }

    private void count(String outcome) {
        Counter.builder(WebMeters.LOGIN.meterName())
                .description(WebMeters.LOGIN.meaning())
                .tag("outcome", outcome)
                .register(meters)
                .increment();
    }
}

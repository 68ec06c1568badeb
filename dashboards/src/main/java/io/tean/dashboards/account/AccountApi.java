package io.tean.dashboards.account;

import io.tean.core.audit.Actor;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.access.TokenScope;
import io.tean.dashboards.access.Viewer;
import io.tean.dashboards.access.Viewer.Credential;
import io.tean.dashboards.account.AccountLedger.Outcome;
import io.tean.dashboards.list.Paging;
import io.tean.dashboards.route.Answer;
import io.tean.dashboards.route.Handler;
import io.tean.dashboards.route.JsonBody;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Language;
import io.tean.dashboards.screen.Tongue;
import io.tean.dashboards.screen.Word;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Accounts for programs, and what a program may ask about itself. */
final class AccountApi {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Tongue PROGRAMS = new Tongue(Language.EN);

    private final AccountLedger ledger;
    private final AccountQuery query;
    private final Sessions sessions;

    AccountApi(AccountLedger ledger, AccountQuery query, Sessions sessions) {
        this.ledger = ledger;
        this.query = query;
        this.sessions = sessions;
    }

    Map<Route, Handler> handlers() {
        return Map.of(
                Route.API_ME,
                this::me,
                Route.API_ACCOUNTS,
                request -> json(
                        200,
                        query.list(AccountFilter.of(request), Paging.of(request, AccountQuery.SORTING))
                                .json(AccountApi::account)),
                Route.API_ACCOUNT,
                request -> json(200, account(find(request))),
                Route.API_ACCOUNT_ADD,
                this::add,
                Route.API_ACCOUNT_DISABLE,
                request -> change(request, ledger::disable),
                Route.API_ACCOUNT_ENABLE,
                request -> change(request, ledger::enable));
    }

    private Answer me(Request request) {
        Viewer viewer = request.viewer();
        Map<String, Object> me = new LinkedHashMap<>();
        me.put("account", viewer.account());
        me.put("display_name", viewer.displayName());
        me.put("role", viewer.role().word());
        me.put("scope", scope(viewer));
        me.put(
                "token",
                switch (viewer.credential()) {
                    case Credential.Session ignored -> null;
                    case Credential.Token token ->
                        Map.of(
                                "name",
                                token.name(),
                                "scopes",
                                token.scopes().stream()
                                        .map(TokenScope::word)
                                        .sorted()
                                        .toList());
                });
        return json(200, me);
    }

    private Map<String, Object> scope(Viewer viewer) {
        return switch (viewer.scope()) {
            case Scope.City() -> Map.of("kind", "city");
            case Scope.Division(String code) -> Map.of("kind", "division", "division", code);
            case Scope.Organisation ignored ->
                ledger.find(viewer.account())
                        .flatMap(Account::organisation)
                        .<Map<String, Object>>map(
                                organisation -> Map.of("kind", "organisation", "organisation", json(organisation)))
                        .orElseThrow(Refusal::notFound);
        };
    }

    private Answer add(Request request) {
        JsonBody body = JsonBody.of(request, "name", "display_name", "role", "organisation", "division");
        AccountDraft draft = new AccountDraft(
                body.text("name").orElse(""),
                body.text("display_name").orElse(""),
                body.text("role").orElse(""),
                body.text("organisation").orElse(""),
                body.text("division").orElse(""));
        return switch (ledger.add(draft, Optional.empty(), request.actor())) {
            case Outcome.Wrong(Map<String, Word> problems) -> throw wrong(problems);
            case Outcome.Done(Optional<String> password) -> {
                Map<String, @Nullable Object> added =
                        new LinkedHashMap<>(account(ledger.find(draft.name()).orElseThrow()));
                added.put("one_time_password", password.orElseThrow());
                yield new Answer.Text(
                        201,
                        Answer.JSON,
                        JSON.writeValueAsString(added),
                        Map.of("Location", Route.API_ACCOUNT.path(draft.name())),
                        List.of());
            }
        };
    }

    private Answer change(Request request, BiFunction<String, Actor, Outcome> change) {
        JsonBody.none(request);
        Account before = find(request);
        return switch (change.apply(before.name(), request.actor())) {
            case Outcome.Wrong(Map<String, Word> problems) ->
                throw Refusal.of(
                        Refusal.Reason.CONFLICT,
                        PROGRAMS.say(problems.values().iterator().next()));
            case Outcome.Done ignored -> {
                sessions.accountChanged(before.id());
                yield json(200, account(find(request)));
            }
        };
    }

    private Account find(Request request) {
        return ledger.find(request.parameter("account")).orElseThrow(Refusal::notFound);
    }

    private static Refusal wrong(Map<String, Word> problems) {
        Map<String, String> said = new LinkedHashMap<>();
        problems.forEach((field, problem) -> said.put(field.replace('-', '_'), PROGRAMS.say(problem)));
        return Refusal.wrongFields(said);
    }

    private static Map<String, @Nullable Object> account(Account account) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", account.name());
        json.put("display_name", account.displayName());
        json.put("role", account.role().word());
        json.put("organisation", account.organisation().map(AccountApi::json).orElse(null));
        json.put("division", account.division().orElse(null));
        json.put("state", account.state().word());
        json.put("added_at", account.addedAt().toString());
        json.put("disabled_at", account.disabledAt().map(Instant::toString).orElse(null));
        json.put("last_used", account.lastUsed().map(Instant::toString).orElse(null));
        return json;
    }

    private static Map<String, Object> json(Account.Organisation organisation) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("credit_code", organisation.creditCode());
        json.put("name", organisation.name());
        return json;
    }

    private static Answer json(int status, Map<String, ?> body) {
        return Answer.json(status, JSON.writeValueAsString(body));
    }
}

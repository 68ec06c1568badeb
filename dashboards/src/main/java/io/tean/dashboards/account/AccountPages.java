package io.tean.dashboards.account;

import io.tean.dashboards.account.AccountLedger.Outcome;
import io.tean.dashboards.list.Listing;
import io.tean.dashboards.list.Paging;
import io.tean.dashboards.list.Sheet;
import io.tean.dashboards.list.Table;
import io.tean.dashboards.route.Address;
import io.tean.dashboards.route.Answer;
import io.tean.dashboards.route.Frame;
import io.tean.dashboards.route.Handler;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Screens;
import io.tean.dashboards.screen.Tongue;
import io.tean.dashboards.screen.Word;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pages on which administrators look after accounts. */
final class AccountPages {
    private final AccountLedger ledger;
    private final AccountQuery query;
    private final ApiTokens tokens;
    private final Sessions sessions;
    private final Screens screens;
    private final InstantSource clock;

    AccountPages(
            AccountLedger ledger,
            AccountQuery query,
            ApiTokens tokens,
            Sessions sessions,
            Screens screens,
            InstantSource clock) {
        this.ledger = ledger;
        this.query = query;
        this.tokens = tokens;
        this.sessions = sessions;
        this.screens = screens;
        this.clock = clock;
    }

    Map<Route, Handler> handlers() {
        Map<Route, Handler> handlers = new EnumMap<>(Route.class);
        handlers.put(Route.ACCOUNTS, this::list);
        handlers.put(Route.ACCOUNTS_EXPORT, this::export);
        handlers.put(Route.ACCOUNTS_WORKBOOK, this::export);
        handlers.put(
                Route.ACCOUNT_NEW, request -> newPage(request, 200, new AccountDraft("", "", "", "", ""), Map.of()));
        handlers.put(Route.ACCOUNT_ADD, this::add);
        handlers.put(Route.ACCOUNT, request -> page(request, 200, account(request), Optional.empty()));
        handlers.put(Route.ACCOUNT_CHANGE, this::change);
        handlers.put(Route.ACCOUNT_DISABLE, this::disable);
        handlers.put(Route.ACCOUNT_ENABLE, this::enable);
        handlers.put(Route.ACCOUNT_RESET, this::reset);
        handlers.put(Route.ACCOUNT_TOKEN_REVOKE, this::revoke);
        return handlers;
    }

    private Answer list(Request request) {
        AccountFilter filter = AccountFilter.of(request);
        Listing<Account> listing = query.list(filter, Paging.of(request, AccountQuery.SORTING));
        return Answer.page(screens.render(
                "accounts.jte",
                Map.of(
                        "frame",
                        Frame.of(request, Word.NAV_ACCOUNTS),
                        "table",
                        new Table(request, listing),
                        "accounts",
                        listing.rows(),
                        "filter",
                        filter,
                        "now",
                        clock.instant())));
    }

    private Answer export(Request request) {
        AccountFilter filter = AccountFilter.of(request);
        Paging paging = Paging.of(request, AccountQuery.SORTING);
        Tongue t = request.tongue();
        List<String> heading = List.of(
                t.say(Word.LOGIN_NAME),
                t.say(Word.ACCOUNT_DISPLAY_NAME),
                t.say(Word.ACCOUNT_ROLE),
                t.say(Word.ACCOUNT_ORGANISATION_CODE),
                t.say(Word.ACCOUNT_ORGANISATION),
                t.say(Word.ACCOUNT_DIVISION_CODE),
                t.say(Word.ACCOUNT_STATE),
                t.say(Word.ACCOUNT_LAST_USED),
                t.say(Word.ACCOUNT_ADDED));
        return new Sheet(
                        "tean-accounts",
                        heading,
                        sink -> query.export(filter, paging, sink, account -> cells(account, t)))
                .answer(request);
    }

    private static Object[] cells(Account account, Tongue t) {
        Optional<Account.Organisation> organisation = account.organisation();
        return new Object[] {
            account.name(),
            account.displayName(),
            t.term("ROLE", account.role().word()),
            organisation.map(Account.Organisation::creditCode).orElse(""),
            organisation.map(Account.Organisation::name).orElse(""),
            account.division().orElse(""),
            t.term("ACCOUNT_STATE", account.state().word()),
            account.lastUsed().map(t::time).orElse(""),
            t.time(account.addedAt())
        };
    }

    private Answer add(Request request) {
        AccountDraft draft = draft(request, request.field(AccountDraft.NAME));
        return switch (ledger.add(draft, Optional.empty(), request.actor())) {
            case Outcome.Wrong(Map<String, Word> problems) -> newPage(request, 422, draft, problems);
            case Outcome.Done(Optional<String> password) ->
                secretPage(request, Word.ACCOUNT_SECRET_ADDED, draft.name(), password.orElseThrow());
        };
    }

    private Answer change(Request request) {
        Account before = account(request);
        AccountDraft draft = draft(request, before.name());
        return switch (ledger.change(draft, request.actor())) {
            case Outcome.Wrong(Map<String, Word> problems) ->
                page(request, 422, before, new AccountForm(false, draft, problems, organisations()), Optional.empty());
            case Outcome.Done ignored -> changed(before, "account-changed");
        };
    }

    private Answer disable(Request request) {
        Account before = account(request);
        return switch (ledger.disable(before.name(), request.actor())) {
            case Outcome.Wrong(Map<String, Word> problems) ->
                page(request, 409, before, problems.values().stream().findFirst());
            case Outcome.Done ignored -> changed(before, "account-disabled");
        };
    }

    private Answer enable(Request request) {
        Account before = account(request);
        ledger.enable(before.name(), request.actor());
        return changed(before, "account-enabled");
    }

    private Answer reset(Request request) {
        Account before = account(request);
        if (isOwn(request, before)) {
            // Whoever mislaid that word would have nobody to ask for another.
            return Answer.seeOther(Route.PASSWORD.path());
        }
        return switch (ledger.reset(before.name(), request.actor())) {
            case Outcome.Wrong(Map<String, Word> problems) ->
                page(request, 409, before, problems.values().stream().findFirst());
            case Outcome.Done(Optional<String> password) -> {
                sessions.accountChanged(before.id());
                yield secretPage(request, Word.ACCOUNT_SECRET_RESET, before.name(), password.orElseThrow());
            }
        };
    }

    private Answer revoke(Request request) {
        Account account = account(request);
        tokens.revokeKnown(account.id(), request.parameter("token"), request.actor());
        return Answer.seeOther(
                Address.of(Route.ACCOUNT.path(account.name()), Map.of("done", "token-revoked")) + "#tokens");
    }

    private Answer changed(Account account, String done) {
        sessions.accountChanged(account.id());
        return Answer.seeOther(Address.of(Route.ACCOUNT.path(account.name()), Map.of("done", done)));
    }

    private Account account(Request request) {
        return ledger.find(request.parameter("account")).orElseThrow(Refusal::notFound);
    }

    private static AccountDraft draft(Request request, String name) {
        return new AccountDraft(
                name,
                request.field(AccountDraft.DISPLAY_NAME),
                request.field(AccountDraft.ROLE),
                request.field(AccountDraft.ORGANISATION),
                request.field(AccountDraft.DIVISION));
    }

    private static boolean isOwn(Request request, Account account) {
        return account.id() == request.viewer().accountId();
    }

    private List<Account.Organisation> organisations() {
        return query.organisations();
    }

    private Answer newPage(Request request, int status, AccountDraft draft, Map<String, Word> problems) {
        return Answer.page(
                status,
                screens.render(
                        "newaccount.jte",
                        Map.of(
                                "frame",
                                Frame.of(request, Word.ACCOUNT_NEW),
                                "form",
                                new AccountForm(true, draft, problems, organisations()))));
    }

    private Answer page(Request request, int status, Account account, Optional<Word> refused) {
        AccountForm form = new AccountForm(false, AccountDraft.of(account), Map.of(), organisations());
        return page(request, status, account, form, refused);
    }

    private Answer page(Request request, int status, Account account, AccountForm form, Optional<Word> refused) {
        Instant now = clock.instant();
        AccountPage page = new AccountPage(
                account,
                form,
                tokens.list(account.id()),
                query.changes(account.name()),
                isOwn(request, account),
                ledger.isLastAdministrator(account),
                refused,
                now);
        Frame frame = Frame.of(request, account.name());
        return Answer.page(
                status,
                screens.render("account.jte", Map.of("frame", status == 200 ? frame : frame.ofChange(), "page", page)));
    }

    /** The one answer to a change that is no redirect: an address that shows a password could be opened again. */
    private Answer secretPage(Request request, Word title, String name, String password) {
        return Answer.page(screens.render(
                "secret.jte",
                Map.of(
                        "frame",
                        Frame.of(request, title).ofChange(),
                        "title",
                        title,
                        "name",
                        name,
                        "label",
                        Word.ACCOUNT_STATE_ONE_TIME,
                        "secret",
                        password,
                        "warning",
                        request.tongue().say(Word.ACCOUNT_SECRET_WARNING, AccountLedger.ONE_TIME.toDays()),
                        "next",
                        Route.ACCOUNT.path(name),
                        "nextWord",
                        Word.ACCOUNT_SECRET_NEXT)));
    }
}

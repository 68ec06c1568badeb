package io.tean.dashboards.account;

import io.tean.dashboards.access.Viewer;
import io.tean.dashboards.account.ApiTokens.Added;
import io.tean.dashboards.route.Address;
import io.tean.dashboards.route.Answer;
import io.tean.dashboards.route.Frame;
import io.tean.dashboards.route.Handler;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Screens;
import io.tean.dashboards.screen.Word;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;

/** The page on which people make and revoke tokens for their own programs. */
final class TokenPages {
    private static final String STANDARD_DAYS = "90";

    private final ApiTokens tokens;
    private final Screens screens;
    private final InstantSource clock;

    TokenPages(ApiTokens tokens, Screens screens, InstantSource clock) {
        this.tokens = tokens;
        this.screens = screens;
        this.clock = clock;
    }

    Map<Route, Handler> handlers() {
        return Map.of(
                Route.TOKENS,
                request -> page(request, 200, new TokenDraft("", Set.of(), STANDARD_DAYS), Map.of()),
                Route.TOKEN_ADD,
                this::add,
                Route.TOKEN_REVOKE,
                this::revoke);
    }

    private Answer add(Request request) {
        TokenDraft draft = new TokenDraft(
                request.field(TokenDraft.NAME),
                Set.copyOf(request.fields(TokenDraft.SCOPES)),
                request.field(TokenDraft.DAYS));
        return switch (tokens.add(request.viewer(), draft, request.actor())) {
            case Added.Wrong(Map<String, Word> problems) -> page(request, 422, draft, problems);
            case Added.Done(String word, Instant expires) ->
                Answer.page(screens.render(
                        "secret.jte",
                        Map.of(
                                "frame",
                                Frame.of(request, Word.TOKEN_SECRET_ADDED).ofChange(),
                                "title",
                                Word.TOKEN_SECRET_ADDED,
                                "name",
                                draft.name(),
                                "label",
                                Word.TOKEN,
                                "secret",
                                word,
                                "warning",
                                request.tongue()
                                        .say(
                                                Word.TOKEN_SECRET_WARNING,
                                                request.tongue().time(expires)),
                                "next",
                                Route.TOKENS.path(),
                                "nextWord",
                                Word.TOKEN_SECRET_NEXT)));
        };
    }

    private Answer revoke(Request request) {
        tokens.revokeKnown(request.viewer().accountId(), request.parameter("token"), request.actor());
        return Answer.seeOther(Address.of(Route.TOKENS.path(), Map.of("done", "token-revoked")));
    }

    private Answer page(Request request, int status, TokenDraft draft, Map<String, Word> problems) {
        Viewer viewer = request.viewer();
        return Answer.page(
                status,
                screens.render(
                        "tokens.jte",
                        Map.of(
                                "frame",
                                Frame.of(request, Word.NAV_TOKENS),
                                "tokens",
                                tokens.list(viewer.accountId()),
                                "form",
                                new TokenForm(draft, TokenDraft.offered(viewer), problems),
                                "now",
                                clock.instant())));
    }
}

package io.tean.dashboards.notice;

import io.tean.core.notice.NoticeDecisions;
import io.tean.dashboards.route.Address;
import io.tean.dashboards.route.Answer;
import io.tean.dashboards.route.Frame;
import io.tean.dashboards.route.Handler;
import io.tean.dashboards.route.JsonBody;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Screens;
import io.tean.dashboards.screen.Word;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/** The channels of this site, how they do, and the form that tries one. */
final class ChannelPages {
    private static final String CHANNEL = "channel";
    private static final String TO = "to";

    private final ChannelQuery query;
    private final NoticeDecisions decisions;
    private final Screens screens;

    ChannelPages(DataSource database, NoticeDecisions decisions, Screens screens) {
        this.query = new ChannelQuery(database);
        this.decisions = decisions;
        this.screens = screens;
    }

    Map<Route, Handler> handlers() {
        return Map.of(
                Route.CHANNELS,
                request -> page(request, 200, new Tried("", "", "")),
                Route.CHANNEL_TEST,
                this::test,
                Route.API_CHANNELS,
                request -> NoticePages.json(
                        200,
                        Map.of(
                                "items",
                                query.cards(request.scope(), decisions.channels()).stream()
                                        .map(ChannelCard::json)
                                        .toList())),
                Route.API_CHANNEL_TEST,
                this::testForProgram);
    }

    /**
     * A test that was refused.
     *
     * @param channel empty when nothing was tried
     */
    private record Tried(String channel, String to, String problem) {}

    private Answer test(Request request) {
        String channel = request.field(CHANNEL).strip();
        String to = request.field(TO).strip();
        UUID delivery;
        try {
            delivery = decisions.test(new NoticeDecisions.Address(channel, to), request.actor());
        } catch (IllegalArgumentException e) {
            return page(request, 422, new Tried(channel, to, String.valueOf(e.getMessage())));
        }
        return Answer.seeOther(Address.of(Route.NOTICE.path(delivery), Map.of("done", "test-sent")));
    }

    private Answer testForProgram(Request request) {
        JsonBody body = JsonBody.of(request, CHANNEL, TO);
        try {
            UUID delivery = decisions.test(
                    new NoticeDecisions.Address(
                            body.text(CHANNEL).orElse(""), body.text(TO).orElse("")),
                    request.actor());
            return NoticePages.json(201, Map.of("notice_id", delivery.toString()));
        } catch (IllegalArgumentException e) {
            throw Refusal.of(Refusal.Reason.WRONG_FIELDS, String.valueOf(e.getMessage()));
        }
    }

    private Answer page(Request request, int status, Tried tried) {
        Frame frame = Frame.of(request, Word.NAV_CHANNELS);
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("frame", status == 200 ? frame : frame.ofChange());
        parameters.put("cards", query.cards(request.scope(), decisions.channels()));
        parameters.put("tried", tried.channel());
        parameters.put("to", tried.to());
        parameters.put("problem", tried.problem());
        parameters.put("tests", Route.CHANNEL_TEST.isFor(request.viewer()));
        return Answer.page(status, screens.render("channels.jte", parameters));
    }
}

package io.tean.dashboards.notice;

import io.tean.core.notice.NoticeDecisions;
import io.tean.dashboards.list.Listing;
import io.tean.dashboards.list.Paging;
import io.tean.dashboards.list.Sheet;
import io.tean.dashboards.list.Table;
import io.tean.dashboards.notice.Delivery.Told;
import io.tean.dashboards.route.Address;
import io.tean.dashboards.route.Answer;
import io.tean.dashboards.route.Frame;
import io.tean.dashboards.route.Handler;
import io.tean.dashboards.route.JsonBody;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Screens;
import io.tean.dashboards.screen.Tongue;
import io.tean.dashboards.screen.Word;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import tools.jackson.databind.json.JsonMapper;

/** The list of notices and each one, for people and for programs; recipients and channels come with it. */
public final class NoticePages {
    static final JsonMapper JSON = new JsonMapper();

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private static final List<Word> COLUMNS = List.of(
            Word.NOTICE_ID,
            Word.NOTICE_QUEUED,
            Word.NOTICE_OCCASION,
            Word.NOTICE_ABOUT,
            Word.NOTICE_ALERT_NUMBER,
            Word.NOTICE_CASE_NUMBER,
            Word.EQUIPMENT_CODE,
            Word.NOTICE_RECIPIENT,
            Word.NOTICE_CHANNEL,
            Word.NOTICE_STATE,
            Word.NOTICE_REASON,
            Word.NOTICE_ATTEMPTS,
            Word.NOTICE_DEADLINE,
            Word.NOTICE_ENDED);

    private final DeliveryQuery query;
    private final NoticeDecisions decisions;
    private final RecipientPages recipients;
    private final ChannelPages channels;
    private final Screens screens;
    private final InstantSource clock;

    public NoticePages(DataSource database, NoticeDecisions decisions, Screens screens, InstantSource clock) {
        this.query = new DeliveryQuery(database);
        this.decisions = decisions;
        this.recipients = new RecipientPages(database, decisions, screens);
        this.channels = new ChannelPages(database, decisions, screens);
        this.screens = screens;
        this.clock = clock;
    }

    /** The routes of this family. */
    public Map<Route, Handler> handlers() {
        Map<Route, Handler> handlers = new EnumMap<>(Route.class);
        handlers.put(Route.NOTICES, this::list);
        handlers.put(Route.NOTICES_EXPORT, this::export);
        handlers.put(Route.NOTICES_WORKBOOK, this::export);
        handlers.put(Route.NOTICE, request -> page(request, 200, found(request), ""));
        handlers.put(Route.NOTICE_RETRY, this::retry);
        handlers.put(Route.API_NOTICES, this::apiList);
        handlers.put(Route.API_NOTICE, request -> json(200, found(request).json()));
        handlers.put(Route.API_NOTICE_RETRY, this::retryForProgram);
        handlers.putAll(recipients.handlers());
        handlers.putAll(channels.handlers());
        return handlers;
    }

    private Answer list(Request request) {
        DeliveryFilter filter = DeliveryFilter.of(request, clock);
        Listing<Delivery> deliveries = listing(request, filter);
        TreeSet<String> names = new TreeSet<>();
        decisions.channels().forEach(channel -> names.add(channel.name()));
        filter.channel().ifPresent(names::add);
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("frame", Frame.of(request, Word.NAV_NOTICES));
        parameters.put("table", new Table(request, deliveries));
        parameters.put("deliveries", deliveries.rows());
        parameters.put("backlog", query.backlog(request.scope()));
        parameters.put("filter", filter);
        parameters.put("channels", List.copyOf(names));
        parameters.put("sort", request.query("sort").orElse(""));
        return Answer.page(screens.render("notices.jte", parameters));
    }

    private Answer apiList(Request request) {
        Map<String, Object> body =
                listing(request, DeliveryFilter.of(request, clock)).json(Delivery::json);
        body.put("backlog", query.backlog(request.scope()).json());
        return json(200, body);
    }

    private Listing<Delivery> listing(Request request, DeliveryFilter filter) {
        return query.list(request.viewer(), filter, Paging.of(request, DeliveryQuery.SORTING));
    }

    private Answer export(Request request) {
        DeliveryFilter filter = DeliveryFilter.of(request, clock);
        Paging paging = Paging.of(request, DeliveryQuery.SORTING);
        Tongue t = request.tongue();
        return new Sheet(
                        "tean-notices",
                        COLUMNS.stream().map(t::say).toList(),
                        sink -> query.export(request.viewer(), filter, paging, sink, delivery -> cells(delivery, t)))
                .answer(request);
    }

    /** In the order of {@link #COLUMNS}. */
    private static Object[] cells(Delivery delivery, Tongue t) {
        Delivery.About about = delivery.about();
        return Stream.of(
                        delivery.id().toString(),
                        t.time(delivery.times().queuedAt()),
                        t.term("OCCASION", about.occasion()),
                        about.title(t),
                        about.alert().map(Told::id).map(Object.class::cast).orElse(""),
                        about.rescueCase().isPresent() ? about.rescueCase().getAsLong() : "",
                        about.machine().map(machine -> machine.code()).orElse(""),
                        delivery.to().name(),
                        delivery.standing().channel().orElse(""),
                        t.term("NOTICE_STATE", delivery.standing().state().word()),
                        delivery.standing().reason(),
                        delivery.standing().attempts(),
                        t.time(delivery.times().deadlineAt()),
                        delivery.times().endedAt().map(t::time).orElse(""))
                .toArray();
    }

    private Answer retry(Request request) {
        UUID id = found(request).delivery().id();
        try {
            if (decisions.retry(id, request.actor())) {
                return Answer.seeOther(Address.of(Route.NOTICE.path(id), Map.of("done", "notice-retried")));
            }
        } catch (IllegalArgumentException e) {
            // Nobody is there whom it could go to.
            return page(request, 409, found(request), String.valueOf(e.getMessage()));
        }
        DeliveryCard now = found(request);
        return page(request, 409, now, notDead(now, request.tongue()));
    }

    private Answer retryForProgram(Request request) {
        JsonBody.none(request);
        UUID id = found(request).delivery().id();
        boolean done;
        try {
            done = decisions.retry(id, request.actor());
        } catch (IllegalArgumentException e) {
            throw Refusal.of(Refusal.Reason.CONFLICT, String.valueOf(e.getMessage()));
        }
        DeliveryCard now = found(request);
        if (!done) {
            throw Refusal.of(
                    Refusal.Reason.CONFLICT,
                    "notice " + id + " is " + now.delivery().standing().state().word()
                            + ": only a dead one is sent again");
        }
        return json(200, now.json());
    }

    private static String notDead(DeliveryCard card, Tongue t) {
        return t.say(
                Word.NOTICE_NOT_DEAD,
                t.term("NOTICE_STATE", card.delivery().standing().state().word()));
    }

    private Answer page(Request request, int status, DeliveryCard card, String refused) {
        Tongue t = request.tongue();
        String address = Route.NOTICE.path(card.delivery().id());
        // The answer to a retry stands at an address that cannot be fetched; its links lead to the notice itself.
        Frame frame = new Frame(
                t,
                t.say(Word.NOTICE) + " · " + card.delivery().about().title(t) + " · " + t.say(Word.TEAN),
                request.visitor(),
                Route.NOTICE,
                request.csrf(),
                Address.of(address, Map.of("lang", t.language().other().word())),
                request.query("done").flatMap(Word::done));
        return Answer.page(
                status,
                screens.render(
                        "notice.jte",
                        Map.of(
                                "frame", frame,
                                "card", card,
                                "address", address,
                                "retries", Route.NOTICE_RETRY.isFor(request.viewer()),
                                "veiled", Veil.of(request.viewer()).drawn(),
                                "refused", refused)));
    }

    /** The delivery of the path, within the viewer's scope. */
    private DeliveryCard found(Request request) {
        return Optional.of(request.parameter("notice"))
                .filter(text -> ID.matcher(text).matches())
                .flatMap(text -> query.find(request.viewer(), UUID.fromString(text)))
                .orElseThrow(Refusal::notFound);
    }

    static Answer json(int status, Map<String, ?> body) {
        return Answer.json(status, JSON.writeValueAsString(body));
    }
}

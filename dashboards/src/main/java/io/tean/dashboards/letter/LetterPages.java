package io.tean.dashboards.letter;

import io.tean.core.audit.Actor;
import io.tean.core.reading.DeadLetterDecisions;
import io.tean.core.stream.StreamCatalogue;
import io.tean.core.stream.StreamDeclaration;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import tools.jackson.databind.json.JsonMapper;

/** The list of dead letters, each dead letter, and the two decisions about one, for people and for programs. */
public final class LetterPages {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");
    private static final List<Word> COLUMNS = List.of(
            Word.LETTER_NUMBER,
            Word.LETTER_RECEIVED,
            Word.LETTER_LAST_RECEIVED,
            Word.DEVICE_ID,
            Word.EQUIPMENT_CODE,
            Word.STREAM,
            Word.REASON,
            Word.LETTER_TIMES,
            Word.LETTER_STATE);

    private final LetterQuery query;
    private final DeadLetterDecisions decisions;
    private final StreamCatalogue streams;
    private final Screens screens;

    public LetterPages(DataSource database, DeadLetterDecisions decisions, StreamCatalogue streams, Screens screens) {
        this.query = new LetterQuery(database);
        this.decisions = decisions;
        this.streams = streams;
        this.screens = screens;
    }

    /** What is decided about a dead letter; answers whether it could be. */
    private interface Decision {
        boolean about(long letter, Actor actor);
    }

    /** The routes of this family. */
    public Map<Route, Handler> handlers() {
        return Map.ofEntries(
                Map.entry(Route.DEAD_LETTERS, this::list),
                Map.entry(Route.DEAD_LETTERS_EXPORT, this::export),
                Map.entry(Route.DEAD_LETTERS_WORKBOOK, this::export),
                Map.entry(Route.DEAD_LETTER, request -> page(request, found(request))),
                Map.entry(Route.DEAD_LETTER_PAYLOAD, this::payload),
                Map.entry(Route.DEAD_LETTER_REPLAY, request -> decide(request, decisions::replay, "letter-replayed")),
                Map.entry(
                        Route.DEAD_LETTER_DISCARD, request -> decide(request, decisions::discard, "letter-discarded")),
                Map.entry(
                        Route.API_DEAD_LETTERS, request -> json(listing(request).json(Letter::json))),
                Map.entry(Route.API_DEAD_LETTER, request -> json(found(request).json())),
                Map.entry(Route.API_DEAD_LETTER_REPLAY, request -> decideForProgram(request, decisions::replay)),
                Map.entry(Route.API_DEAD_LETTER_DISCARD, request -> decideForProgram(request, decisions::discard)));
    }

    private Answer list(Request request) {
        Listing<Letter> letters = listing(request);
        return Answer.page(screens.render(
                "dead-letters.jte",
                Map.of(
                        "frame", Frame.of(request, Word.DEAD_LETTERS),
                        "table", new Table(request, letters),
                        "letters", letters.rows(),
                        "filter", LetterFilter.of(request),
                        "streams", streams,
                        "sort", request.query("sort").orElse(""))));
    }

    private Answer export(Request request) {
        LetterFilter filter = LetterFilter.of(request);
        Paging paging = Paging.of(request, LetterQuery.SORTING);
        Tongue t = request.tongue();
        return new Sheet(
                        "tean-dead-letters",
                        COLUMNS.stream().map(t::say).toList(),
                        sink -> query.export(request.scope(), filter, paging, sink, letter -> cells(letter, t)))
                .answer(request);
    }

    private Object[] cells(Letter letter, Tongue t) {
        return Stream.of(
                        letter.id(),
                        t.time(letter.receivedAt()),
                        t.time(letter.lastReceived()),
                        letter.deviceId(),
                        letter.equipmentCode(),
                        title(streams, letter.stream(), t),
                        t.term("REASON", letter.reason()),
                        letter.times(),
                        t.term("LETTER_STATE", letter.state().word()))
                .toArray();
    }

    /** A stream's title where it is known; else the name that the device used. */
    public static String title(StreamCatalogue streams, String name, Tongue t) {
        return streams.stream(name).map(StreamDeclaration::title).map(t::say).orElse(name);
    }

    private Answer payload(Request request) {
        LetterCard card = found(request);
        return new Answer.Bytes(
                "tean-dead-letter-" + card.letter().id() + ".bin",
                card.payload().bytes());
    }

    private Answer decide(Request request, Decision decision, String done) {
        LetterCard card = found(request);
        long id = card.letter().id();
        if (decision.about(id, request.actor())) {
            return Answer.seeOther(Address.of(Route.DEAD_LETTER.path(id), Map.of("done", done)));
        }
        LetterCard now = found(request);
        Tongue t = request.tongue();
        String state = t.term("LETTER_STATE", now.letter().state().word());
        return page(request, now, 409, Optional.of(t.say(Word.LETTER_MEANWHILE, state)));
    }

    private Answer decideForProgram(Request request, Decision decision) {
        long id = found(request).letter().id();
        boolean decided = decision.about(id, request.actor());
        LetterCard now = found(request);
        if (!decided) {
            throw Refusal.of(
                    Refusal.Reason.CONFLICT,
                    "dead letter " + id + " is " + now.letter().state().word()
                            + ": only one that is kept or to-replay can be decided about");
        }
        return json(now.json());
    }

    private Answer page(Request request, LetterCard card) {
        return page(request, card, 200, Optional.empty());
    }

    private Answer page(Request request, LetterCard card, int status, Optional<String> problem) {
        Tongue t = request.tongue();
        String address = Route.DEAD_LETTER.path(card.letter().id());
        // The answer to a decision stands at an address that cannot be fetched; its links lead to the letter itself.
        Frame frame = new Frame(
                t,
                t.say(Word.LETTER) + " " + card.letter().id() + " · " + t.say(Word.TEAN),
                request.visitor(),
                Route.DEAD_LETTER,
                request.csrf(),
                Address.of(address, Map.of("lang", t.language().other().word())),
                request.query("done").flatMap(Word::done));
        return Answer.page(
                status,
                screens.render(
                        "dead-letter.jte",
                        Map.of(
                                "frame", frame,
                                "card", card,
                                "payload", card.payload().view(),
                                "streams", streams,
                                "address", address,
                                "decides", Route.DEAD_LETTER_REPLAY.isFor(request.viewer()),
                                "problem", problem.orElse(""))));
    }

    private Listing<Letter> listing(Request request) {
        return query.list(request.scope(), LetterFilter.of(request), Paging.of(request, LetterQuery.SORTING));
    }

    /** The dead letter of the path, within the viewer's scope. */
    private LetterCard found(Request request) {
        String number = request.parameter("letter");
        if (!NUMBER.matcher(number).matches()) {
            throw Refusal.notFound();
        }
        return query.find(request.scope(), Long.parseLong(number)).orElseThrow(Refusal::notFound);
    }

    private static Answer json(Object body) {
        return Answer.json(200, JSON.writeValueAsString(body));
    }
}

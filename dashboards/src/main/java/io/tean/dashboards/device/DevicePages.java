package io.tean.dashboards.device;

import io.tean.dashboards.device.Device.Organisation;
import io.tean.dashboards.list.Listing;
import io.tean.dashboards.list.Paging;
import io.tean.dashboards.list.Sheet;
import io.tean.dashboards.list.Table;
import io.tean.dashboards.route.Answer;
import io.tean.dashboards.route.Frame;
import io.tean.dashboards.route.Handler;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Screens;
import io.tean.dashboards.screen.Tongue;
import io.tean.dashboards.screen.Word;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import tools.jackson.databind.json.JsonMapper;

/** The list of devices and each device, for people and for programs. */
public final class DevicePages {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<Word> COLUMNS = List.of(
            Word.DEVICE_ID,
            Word.DEVICE_ORGANISATION,
            Word.DEVICE_EQUIPMENT,
            Word.DEVICE_LAST_CONTACT,
            Word.DEVICE_STATE,
            Word.DEVICE_ADDED);

    private final DeviceQuery query;
    private final Screens screens;
    private final InstantSource clock;

    public DevicePages(DataSource database, Screens screens, InstantSource clock) {
        this.query = new DeviceQuery(database);
        this.screens = screens;
        this.clock = clock;
    }

    /** The routes of this family. */
    public Map<Route, Handler> handlers() {
        return Map.of(
                Route.DEVICES, this::list,
                Route.DEVICES_EXPORT, this::export,
                Route.DEVICES_WORKBOOK, this::export,
                Route.DEVICE, this::show,
                Route.API_DEVICES, request -> json(listing(request).json(Device::json)),
                Route.API_DEVICE, request -> json(found(request).json()));
    }

    private Answer list(Request request) {
        Listing<Device> devices = listing(request);
        boolean bureau = request.scope().ofBureau();
        return Answer.page(screens.render(
                "devices.jte",
                Map.of(
                        "frame", Frame.of(request, Word.NAV_DEVICES),
                        "table", new Table(request, devices),
                        "devices", devices.rows(),
                        "filter", DeviceFilter.of(request),
                        "organisations", bureau ? query.organisations(request.scope()) : List.<Organisation>of(),
                        "sort", request.query("sort").orElse(""),
                        "now", clock.instant())));
    }

    private Answer show(Request request) {
        DeviceCard card = found(request);
        Tongue t = request.tongue();
        return Answer.page(screens.render(
                "device.jte",
                Map.of(
                        "frame", Frame.of(request, card.device().id() + " · " + t.say(Word.DEVICE)),
                        "card", card,
                        "now", clock.instant())));
    }

    private Answer export(Request request) {
        DeviceFilter filter = DeviceFilter.of(request);
        Paging paging = Paging.of(request, DeviceQuery.SORTING);
        Tongue t = request.tongue();
        return new Sheet(
                        "tean-devices",
                        COLUMNS.stream().map(t::say).toList(),
                        sink -> query.export(request.scope(), filter, paging, sink, device -> cells(device, t)))
                .answer(request);
    }

    private static Object[] cells(Device device, Tongue t) {
        return Stream.of(
                        device.id(),
                        device.organisation().map(Organisation::name).orElse(""),
                        String.join(" ", device.equipment()),
                        device.lastContact().map(t::time).orElse(t.say(Word.DEVICE_NEVER)),
                        t.term("DEVICE_STATE", device.state().word()),
                        t.time(device.addedAt()))
                .toArray();
    }

    private Listing<Device> listing(Request request) {
        return query.list(request.scope(), DeviceFilter.of(request), Paging.of(request, DeviceQuery.SORTING));
    }

    private DeviceCard found(Request request) {
        String id = request.parameter("device");
        // A text that the database cannot hold is no device's id.
        if (id.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.notFound();
        }
        return query.find(request.scope(), id).orElseThrow(Refusal::notFound);
    }

    private static Answer json(Object body) {
        return Answer.json(200, JSON.writeValueAsString(body));
    }
}

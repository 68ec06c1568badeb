package io.tean.dashboards.lookup;

import io.tean.dashboards.access.WebStore;
import io.tean.dashboards.list.Listing;
import io.tean.dashboards.list.Paging;
import io.tean.dashboards.list.Table;
import io.tean.dashboards.register.EquipmentDirectory;
import io.tean.dashboards.register.Row;
import io.tean.dashboards.route.Answer;
import io.tean.dashboards.route.Frame;
import io.tean.dashboards.route.Handler;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Screens;
import io.tean.dashboards.screen.Word;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** Labels for the machines of a list, to be printed: each with the QR code of its public page. */
public final class LabelPages {
    /** On one page; the next ones have pages of their own. */
    static final int MOST = Paging.LARGEST_SIZE;

    private static final Pattern THIS_MACHINE = Pattern.compile("localhost|127\\..*|0\\.0\\.0\\.0|\\[?::1?]?");

    private final EquipmentDirectory equipment;
    private final String publicAddress;
    private final boolean leadsSomewhere;
    private final Screens screens;

    /**
     * One label.
     *
     * @param address that the QR code holds
     */
    public record Label(Row machine, String address, QrPicture picture) {}

    public LabelPages(DataSource database, URI publicUrl, Screens screens) {
        this.equipment = new EquipmentDirectory(WebStore.over(database));
        this.publicAddress = publicUrl.toString().replaceAll("/+$", "");
        this.leadsSomewhere =
                !THIS_MACHINE.matcher(String.valueOf(publicUrl.getHost())).matches();
        this.screens = screens;
    }

    /** The routes of this family. */
    public Map<Route, Handler> handlers() {
        return Map.of(Route.EQUIPMENT_LABELS, this::page);
    }

    private Answer page(Request request) {
        Listing<Row> machines = equipment.listing(request, MOST);
        // A label that leads to the telephone itself would be found out only when it sticks on the machine.
        List<Label> labels =
                leadsSomewhere ? machines.rows().stream().map(this::label).toList() : List.of();
        return Answer.page(screens.render(
                "labels.jte",
                Map.of(
                        "frame",
                        Frame.of(request, Word.LABELS),
                        "table",
                        new Table(request, machines),
                        "labels",
                        labels,
                        "leadsSomewhere",
                        leadsSomewhere,
                        "publicAddress",
                        publicAddress)));
    }

    private Label label(Row machine) {
        String address = publicAddress + Route.LOOKUP_MACHINE.path(machine.text("code"));
        return new Label(machine, address, QrPicture.of(address));
    }
}

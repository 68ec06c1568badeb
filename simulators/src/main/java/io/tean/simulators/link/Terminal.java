package io.tean.simulators.link;

import io.tean.simulators.machine.Fault;
import io.tean.simulators.machine.MachineKind;
import io.tean.simulators.machine.Message;
import io.tean.simulators.machine.Outlet;
import io.tean.simulators.machine.Sign;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * The box on site that turns a machine's readings into messages. It may be at fault itself: silent, with a wrong clock, or sending
 * everything twice. Visits are not its business: they come from the firm's own device.
 */
public final class Terminal implements Outlet {
    private final MachineKind kind;
    private final String device;
    private final String visitDevice;
    private final Consumer<Parcel> way;
    private boolean silent;
    private boolean twice;
    private Duration shift = Duration.ZERO;

    public Terminal(MachineKind kind, String device, String visitDevice, Consumer<Parcel> way) {
        this.kind = kind;
        this.device = device;
        this.visitDevice = visitDevice;
        this.way = way;
    }

    @Override
    public void put(Message message) {
        String stream = message.payload().stream().name();
        String topic = "tean/v1/" + message.equipmentCode() + "/" + stream;
        if (stream.equals("maintenance-visit")) {
            way.accept(new Parcel(visitDevice, topic, message.payload().json(message.time()), true));
            return;
        }
        if (silent) {
            return;
        }
        byte[] json = message.payload().json(message.time().plus(shift));
        var parcel = new Parcel(device, topic, json, message.event());
        way.accept(parcel);
        if (twice) {
            way.accept(parcel);
        }
    }

    /** Lets a fault of the terminal begin. */
    public void begin(Fault fault, Duration clockShift) {
        switch (fault) {
            case SILENT -> silent = true;
            case DUPLICATE_SENDER -> twice = true;
            case WRONG_CLOCK -> shift = clockShift;
            default -> throw new IllegalArgumentException("a terminal cannot have a " + fault.word());
        }
    }

    public void end(Fault fault) {
        switch (fault) {
            case SILENT -> silent = false;
            case DUPLICATE_SENDER -> twice = false;
            case WRONG_CLOCK -> shift = Duration.ZERO;
            default -> throw new IllegalArgumentException("a terminal cannot have a " + fault.word());
        }
    }

    /** By what such a fault shows itself. */
    public List<Sign> signs(Fault fault, Duration clockShift, Instant began) {
        String how = switch (fault) {
            case SILENT -> "missing";
            case DUPLICATE_SENDER -> "twice";
            default -> "shifted by " + clockShift;
        };
        return List.of(new Sign(kind.stream(), "time", how, began));
    }
}

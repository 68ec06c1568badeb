package io.tean.register.due;

import java.util.List;

public final class DueDates {
    public List<Duty> of(MachineLife life) {
        return List.of();
    }
}

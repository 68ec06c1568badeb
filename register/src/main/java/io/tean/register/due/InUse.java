package io.tean.register.due;

import io.tean.register.due.MachineLife.Span;
import io.tean.register.due.MachineLife.StateSpan;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** The spans of days in which a machine is in use: in order, with a gap between each and the next. */
final class InUse {
    private final List<Span> spans;

    private InUse(List<Span> spans) {
        this.spans = spans;
    }

    /** A machine without any state is in use since its first known day. */
    static InUse of(MachineLife life) {
        List<Span> spans = new ArrayList<>();
        if (life.states().isEmpty()) {
            LocalDate since = life.machine().inUseSince().orElse(life.machine().registeredOn());
            spans.add(new Span(since, Duty.OPEN));
        }
        for (StateSpan state : life.states()) {
            if (state.state().equals("IN_USE")) {
                LocalDate until =
                        state.span().until().isBefore(Duty.OPEN) ? state.span().until() : Duty.OPEN;
                LocalDate from = state.span().from();
                if (!spans.isEmpty() && !spans.getLast().until().isBefore(from)) {
                    from = spans.removeLast().from();
                }
                spans.add(new Span(from, until));
            }
        }
        return new InUse(spans);
    }

    int size() {
        return spans.size();
    }

    Span span(int index) {
        return spans.get(index);
    }

    boolean holds(LocalDate day) {
        for (Span span : spans) {
            if (span.holds(day)) {
                return true;
            }
        }
        return false;
    }
}

package io.tean.dashboards.rescue;

import io.tean.core.rescue.CaseState;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.route.Route;
import java.util.Optional;

/**
 * The forms that the page of a case shows.
 *
 * @param live those of a case in which somebody may still be in danger
 * @param open those of every case that is not closed
 * @param take to lead it oneself
 */
public record May(boolean live, boolean rate, boolean close, boolean open, boolean take) {
    static May of(Request request, RescueCase rescue) {
        boolean open = Route.CASE_STEP.isFor(request.viewer()) && rescue.state() != CaseState.CLOSED;
        return new May(
                open && rescue.isLive(),
                open && rescue.state() == CaseState.RELEASED,
                open && !rescue.isLive(),
                open,
                open && !rescue.operator().equals(Optional.of(request.viewer().account())));
    }
}

package io.tean.dashboards.rescue;

import io.tean.dashboards.rescue.CaseCard.Called;
import io.tean.dashboards.rescue.CaseCard.Trouble;
import java.time.Instant;
import java.util.List;

/**
 * What stands on the board.
 *
 * @param now by the database's clock
 * @param rows live cases, those first whose clock runs out next
 */
public record Board(Instant now, List<Row> rows, Rest rest) {
    public Board {
        rows = List.copyOf(rows);
    }

    /** @param units those that may still come or are there; where there are none, all that were called */
    public record Row(RescueCase rescue, List<Called> units) {
        public Row {
            units = List.copyOf(units);
        }
    }

    /** What else is to be looked at: alerts in no case, cases that are not closed yet. */
    public record Rest(List<Trouble> troubles, List<Row> released, CityMap map) {
        public Rest {
            troubles = List.copyOf(troubles);
            released = List.copyOf(released);
        }
    }
}

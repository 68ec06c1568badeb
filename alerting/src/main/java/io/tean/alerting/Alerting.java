package io.tean.alerting;

import io.tean.alerting.entrapment.EntrapmentStep;
import io.tean.core.alert.AlertDecisions;
import io.tean.core.reading.InTransactionStep;
import java.util.List;
import javax.sql.DataSource;

/** What alerting does in the transaction of the readings. */
public final class Alerting {
    private Alerting() {}

    /** The steps, in the order in which they judge. */
    public static List<InTransactionStep> steps() {
        return List.of(new EntrapmentStep());
    }

    /** Where people's decisions on alerts go. */
    @SuppressWarnings("DoNotCallSuggester") // branch pages5 only: replaced at the merge
    public static AlertDecisions decisions(DataSource database) {
        throw new UnsupportedOperationException("branch pages5 only");
    }
}

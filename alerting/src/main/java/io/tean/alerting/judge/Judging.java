package io.tean.alerting.judge;

import io.tean.alerting.rule.RuleCatalogue;
import io.tean.core.alert.EarlyAlarm;
import io.tean.core.stream.StreamCatalogue;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** Wires what judges readings. */
public final class Judging {
    private final RuleSet rules;
    private final JudgeCounts counts;
    private final JudgeStep step;

    /**
     * @param mostMachines how many it remembers; about 1 KB each
     * @param early takes emergencies that wait for their commit for too long
     */
    public Judging(
            RuleCatalogue catalogue,
            StreamCatalogue streams,
            JudgeCounts counts,
            int mostMachines,
            Consumer<EarlyAlarm> early) {
        this.rules = new RuleSet(catalogue, streams);
        this.counts = counts;
        this.step = new JudgeStep(rules, counts, mostMachines, early);
    }

    public JudgeStep step() {
        return step;
    }

    /** @param database a pool of its own */
    public WindowClock startClock(DataSource database) {
        return clock(database).start();
    }

    /** One that only looks when it is asked. */
    WindowClock clock(DataSource database) {
        return new WindowClock(database, rules, counts, step::ended);
    }
}

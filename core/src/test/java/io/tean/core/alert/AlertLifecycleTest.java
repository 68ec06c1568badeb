package io.tean.core.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.core.alert.AlertLifecycle.Allowed;
import io.tean.core.alert.AlertLifecycle.Refused;
import io.tean.core.alert.AlertLifecycle.Standing;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All alerts by all steps, against a table that is written down and not computed. */
class AlertLifecycleTest {
    /**
     * Columns: the alerts that a line is about, as state, cleared, severity and by_person, * for any; the step; what comes of it, as state and
     * cleared with = for as before, or the reason of the refusal. No two lines are about the same.
     */
    @ParameterizedTest
    @CsvSource(textBlock = """
            CLOSED,       *,     *,         *,     *,            CLOSED_ALREADY
            OPEN,         *,     *,         *,     FINDING,      OPEN false
            ACKNOWLEDGED, false, *,         *,     FINDING,      ACKNOWLEDGED false
            ACKNOWLEDGED, true,  *,         *,     FINDING,      OPEN false
            !CLOSED,      false, *,         *,     RECOVERY,     = true
            !CLOSED,      true,  *,         *,     RECOVERY,     CLEARED_ALREADY
            OPEN,         *,     *,         *,     ACKNOWLEDGE,  ACKNOWLEDGED =
            ACKNOWLEDGED, *,     *,         *,     ACKNOWLEDGE,  ACKNOWLEDGED_ALREADY
            !CLOSED,      *,     EMERGENCY, *,     CLOSE,        END_OF_ALARM_NEEDED
            !CLOSED,      *,     !EMERGENCY,*,     CLOSE,        CLOSED =
            !CLOSED,      *,     EMERGENCY, *,     END_OF_ALARM, CLOSED =
            !CLOSED,      *,     !EMERGENCY,*,     END_OF_ALARM, NO_EMERGENCY
            !CLOSED,      *,     EMERGENCY, *,     EXPIRE,       PERSON_NEEDED
            !CLOSED,      *,     !EMERGENCY,true,  EXPIRE,       PERSON_NEEDED
            !CLOSED,      true,  !EMERGENCY,false, EXPIRE,       CLOSED true
            !CLOSED,      false, !EMERGENCY,false, EXPIRE,       NOT_CLEARED
            """)
    void an_alert_allows_what_the_table_says(
            String state, String cleared, String severity, String byPerson, String step, String outcome) {
        for (Standing alert : alerts()) {
            for (AlertStep taken : AlertStep.values()) {
                if (isAbout(alert, taken, List.of(state, cleared, severity, byPerson, step))) {
                    assertThat(words(AlertLifecycle.judge(alert, taken)))
                            .as("%s %s", alert, taken)
                            .isEqualTo(expected(outcome, alert));
                }
            }
        }
    }

    @Test
    void the_table_knows_every_alert_and_every_step_once() throws NoSuchMethodException {
        String table = AlertLifecycleTest.class
                .getDeclaredMethod(
                        "an_alert_allows_what_the_table_says",
                        String.class,
                        String.class,
                        String.class,
                        String.class,
                        String.class,
                        String.class)
                .getAnnotation(CsvSource.class)
                .textBlock();
        List<List<String>> lines = table.lines()
                .map(line -> List.of(line.strip().split(" *, *")).subList(0, 5))
                .toList();
        for (Standing alert : alerts()) {
            for (AlertStep step : AlertStep.values()) {
                assertThat(lines)
                        .as("%s %s", alert, step)
                        .filteredOn(line -> isAbout(alert, step, line))
                        .hasSize(1);
            }
        }
    }

    @Test
    void no_step_leads_back_from_closed() {
        Set<AlertState> reached = EnumSet.noneOf(AlertState.class);
        for (Standing alert : alerts()) {
            for (AlertStep step : AlertStep.values()) {
                if (AlertLifecycle.judge(alert, step) instanceof Allowed allowed) {
                    assertThat(alert.state()).isNotEqualTo(AlertState.CLOSED);
                    reached.add(allowed.state());
                }
            }
        }
        assertThat(reached).containsExactlyInAnyOrder(AlertState.values());
    }

    private static List<Standing> alerts() {
        List<Standing> alerts = new ArrayList<>();
        for (AlertState state : AlertState.values()) {
            for (Severity severity : Severity.values()) {
                for (boolean cleared : new boolean[] {false, true}) {
                    alerts.add(new Standing(state, cleared, severity, false));
                    alerts.add(new Standing(state, cleared, severity, true));
                }
            }
        }
        return alerts;
    }

    private static boolean isAbout(Standing alert, AlertStep step, List<String> line) {
        List<Object> facts = List.of(alert.state(), alert.cleared(), alert.severity(), alert.byPerson(), step);
        for (int i = 0; i < facts.size(); i++) {
            String word = line.get(i);
            String fact = facts.get(i).toString();
            boolean fits = word.startsWith("!") ? !fact.equals(word.substring(1)) : fact.equals(word);
            if (!word.equals("*") && !fits) {
                return false;
            }
        }
        return true;
    }

    private static String words(AlertLifecycle.Verdict verdict) {
        return switch (verdict) {
            case Allowed allowed -> allowed.state() + " " + allowed.cleared();
            case Refused refused -> refused.reason().name();
        };
    }

    private static String expected(String outcome, Standing before) {
        return outcome.replaceFirst("^=", before.state().name()).replaceFirst("=$", Boolean.toString(before.cleared()));
    }
}

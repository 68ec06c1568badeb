package io.tean.register.due;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.register.regulation.RegulationBook;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CylinderDueTest {
    private static final CylinderDue DUE = new CylinderDue(RegulationBook.builtIn());
    private static final LocalDate TODAY = LocalDate.of(2026, 1, 1);

    @ParameterizedTest
    @CsvSource({
        "LPG, LPG, 2029-05-01, cylinder-lpg",
        "SEAMLESS, 氯, 2027-05-01, cylinder-seamless-corrosive",
        "SEAMLESS, n2, 2030-05-01, cylinder-seamless-inert",
        "SEAMLESS, 氧, 2028-05-01, cylinder-seamless-ordinary",
        "DISSOLVED_ACETYLENE, C2H2, 2028-05-01, cylinder-acetylene",
        "VEHICLE_FUEL, LPG, 2030-05-01, cylinder-vehicle-lpg",
        "VEHICLE_FUEL, CNG, 2028-05-01, cylinder-vehicle"
    })
    void the_cycle_is_that_of_type_and_medium(String type, String medium, LocalDate due, String rule) {
        CylinderDue.Due found =
                DUE.of(type, medium, Optional.empty(), Optional.of(LocalDate.of(2025, 5, 1)), Optional.empty(), TODAY);
        assertThat(found.inspectionDueOn()).contains(due);
        assertThat(found.rule()).contains(rule);
    }

    @Test
    void no_inspection_reaches_beyond_the_life_of_a_cylinder() {
        CylinderDue.Due found = DUE.of(
                "LPG",
                "LPG",
                Optional.of(LocalDate.of(2016, 3, 1)),
                Optional.of(LocalDate.of(2025, 5, 1)),
                Optional.empty(),
                TODAY);
        assertThat(found.scrapOn()).contains(LocalDate.of(2028, 3, 1));
        assertThat(found.inspectionDueOn()).contains(LocalDate.of(2028, 3, 1));
    }

    @Test
    void a_cylinder_of_which_no_day_is_known_is_due_today() {
        CylinderDue.Due found = DUE.of("LPG", "LPG", Optional.empty(), Optional.empty(), Optional.empty(), TODAY);
        assertThat(found.inspectionDueOn()).contains(TODAY);
        assertThat(found.rule()).contains("cylinder-lpg-no-date");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20, 1, 2026-11-23",
        "2026-11-21, 5, 2026-11-27",
        "2026-11-23, 10, 2026-12-07",
        "2026-11-21, 0, 2026-11-21"
    })
    void working_days_leave_out_weekends(LocalDate from, int days, LocalDate until) {
        assertThat(WorkingDays.add(from, days)).isEqualTo(until);
    }
}

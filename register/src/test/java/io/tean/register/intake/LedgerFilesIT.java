package io.tean.register.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.core.store.TestDatabase;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the records of the inspection ledger go on by further files. */
class LedgerFilesIT {
    private static final String HEAD =
            "submission_no,equipment_code,kind,submitted_on,accepted_on,agreed_on,inspected_on,reported_on,conclusion,report_no,"
                    + "refused_on,returned_on,reason\n";
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final Intake INTAKE = new Intake(DATABASE);

    @BeforeAll
    static void register() throws IOException {
        INTAKE.good("equipment", "code,category,name\n31103713002020120001,elevator,1号梯\n");
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void a_submission_goes_through_its_steps_file_by_file_and_the_same_file_changes_nothing() throws IOException {
        String submitted = HEAD + "S-1,31103713002020120001,PERIODIC_INSPECTION,2026-03-01,,,,,,,,,\n";
        String agreed = HEAD + "S-1,31103713002020120001,PERIODIC_INSPECTION,2026-03-01,2026-03-02,2026-03-10,,,,,,,\n";
        String reported = HEAD
                + "S-1,31103713002020120001,PERIODIC_INSPECTION,2026-03-01,2026-03-02,2026-03-10,2026-03-10,2026-03-12,PASS,R-S1,,,\n";
        assertThat(Intake.counts(INTAKE.good("submissions", submitted))).containsExactly(1L, 0L, 0L, 0L);
        assertThat(Intake.counts(INTAKE.good("submissions", agreed))).containsExactly(0L, 1L, 0L, 0L);
        assertThat(state("S-1")).isEqualTo("APPOINTED 2026-03-10");
        assertThat(Intake.counts(INTAKE.good("submissions", reported))).containsExactly(0L, 1L, 0L, 0L);
        assertThat(state("S-1")).isEqualTo("REPORT_ISSUED 2026-03-10");
        for (String again : new String[] {reported, agreed, submitted}) {
            assertThat(Intake.counts(INTAKE.good("submissions", again))).containsExactly(0L, 0L, 1L, 0L);
        }
        assertThat(DATABASE.text("""
                SELECT string_agg(step || ' ' || on_day, ', ' ORDER BY step_id) FROM submission_step
                JOIN submission USING (submission_id) WHERE submission_no = 'S-1'
                """))
                .isEqualTo("SUBMITTED 2026-03-01, ACCEPTED 2026-03-02, APPOINTED 2026-03-02, INSPECTED 2026-03-10,"
                        + " REPORT_ISSUED 2026-03-12");
        assertThat(DATABASE.text(
                        "SELECT string_agg(report_no || ' ' || conclusion || ' ' || inspected_on, ', ') FROM inspection"
                                + " WHERE report_no = 'R-S1'"))
                .isEqualTo("R-S1 PASS 2026-03-10");
        assertThat(DATABASE.text("SELECT string_agg(action || ' ' || (after ->> 'accepted_on'), ', ') FROM audit_entry"
                        + " WHERE subject = 'S-1' AND after ->> 'accepted_on' IS NOT NULL"))
                .isEqualTo("submission.change 2026-03-02");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            S-2,31103713002020120001,PERIODIC_INSPECTION,2026-04-01,2026-04-03,,,,,,,, | other content (accepted_on
            S-2,31103713002020120001,PERIODIC_INSPECTION,2026-04-01,2026-04-02,2026-04-20,,,,,,, | can add steps and change none
            S-2,31103713002020120001,FIRST_INSPECTION,2026-04-01,2026-04-02,2026-04-10,2026-04-10,,,,,, | other content (kind
            S-2,31103713002020120001,PERIODIC_INSPECTION,2026-04-01,2026-04-02,2026-04-10,,,,,2026-04-05,,full | other content (refused_on
            S-3,31103713002020120001,PERIODIC_INSPECTION,2026-04-01,2026-04-02,,,,,,2026-04-02,,full | other content (accepted_on
            """)
    void what_a_file_said_of_a_step_stays(String row, String told) throws IOException {
        INTAKE.load(
                "submissions",
                HEAD + "S-2,31103713002020120001,PERIODIC_INSPECTION,2026-04-01,2026-04-02,2026-04-10,,,,,,,\n"
                        + "S-3,31103713002020120001,PERIODIC_INSPECTION,2026-04-01,,,,,,,2026-04-02,,full\n");
        String before = state("S-2") + state("S-3");
        Imported done = INTAKE.load("submissions", HEAD + row + "\n");
        assertThat(done.refused()).isEqualTo(1);
        assertThat(INTAKE.problems(done)).contains(told);
        assertThat(state("S-2") + state("S-3")).isEqualTo(before);
    }

    @Test
    void a_step_that_is_added_comes_after_those_that_are_there() throws IOException {
        INTAKE.good(
                "submissions",
                HEAD + "S-4,31103713002020120001,PERIODIC_INSPECTION,2026-05-01,2026-05-02,2026-05-20,,,,,,,\n");
        DATABASE.execute("""
                INSERT INTO submission_step (submission_id, step, on_day, agreed_on, added_by)
                SELECT submission_id, 'APPOINTED', '2026-05-15', '2026-05-20', 'a person' FROM submission WHERE submission_no = 'S-4'
                """);
        Imported early = INTAKE.load(
                "submissions",
                HEAD
                        + "S-4,31103713002020120001,PERIODIC_INSPECTION,2026-05-01,2026-05-02,2026-05-20,2026-05-14,,,,,,\n");
        assertThat(INTAKE.problems(early))
                .contains("inspected_on 2026-05-14 is before the submission's newest step, of 2026-05-15");
    }

    @Test
    void an_inspection_is_corrected_by_a_row_that_says_why_and_both_are_kept() throws IOException {
        String head = "report_no,equipment_code,kind,inspected_on,conclusion,correction_reason\n";
        String wrong = head + "R-9,31103713002020120001,PERIODIC_INSPECTION,2026-06-01,PASS,\n";
        INTAKE.good("inspections", wrong);
        Imported silent =
                INTAKE.load("inspections", head + "R-9,31103713002020120001,PERIODIC_INSPECTION,2026-06-02,FAIL,\n");
        assertThat(INTAKE.problems(silent))
                .contains(
                        "other content (inspected_on, conclusion); say why in correction_reason, and the row supersedes it");
        String right = head + "R-9,31103713002020120001,PERIODIC_INSPECTION,2026-06-02,FAIL,wrong day and result\n";
        assertThat(Intake.counts(INTAKE.good("inspections", right))).containsExactly(0L, 1L, 0L, 0L);
        for (String again : new String[] {right, wrong}) {
            assertThat(Intake.counts(INTAKE.good("inspections", again))).containsExactly(0L, 0L, 1L, 0L);
        }
        String third = head + "R-9,31103713002020120001,PERIODIC_INSPECTION,2026-06-02,PASS_ON_REINSPECTION,misread\n";
        assertThat(Intake.counts(INTAKE.good("inspections", third))).containsExactly(0L, 1L, 0L, 0L);
        assertThat(DATABASE.text("""
                SELECT string_agg(concat_ws(' ', i.inspected_on, i.conclusion, i.correction_reason, i.supersedes = w.inspection_id), ', '
                    ORDER BY i.inspection_id)
                FROM inspection i LEFT JOIN inspection w ON w.inspection_id = i.supersedes WHERE i.report_no = 'R-9'
                """))
                .isEqualTo(
                        "2026-06-01 PASS, 2026-06-02 FAIL wrong day and result t, 2026-06-02 PASS_ON_REINSPECTION misread t");
        assertThat(DATABASE.text("""
                SELECT string_agg((before ->> 'conclusion') || ' ' || (after ->> 'conclusion') || ' ' || (after ->> 'correction_reason'), ', '
                    ORDER BY audit_id)
                FROM audit_entry WHERE subject_kind = 'inspection' AND subject = 'R-9'
                """)).isEqualTo("PASS FAIL wrong day and result, FAIL PASS_ON_REINSPECTION misread");
        assertThat(DATABASE.number("""
                SELECT count(*) FROM inspection i WHERE report_no = 'R-9'
                    AND NOT EXISTS (SELECT FROM inspection y WHERE y.supersedes = i.inspection_id)
                """)).isOne();
    }

    private static String state(String no) {
        return DATABASE.text(
                "SELECT concat_ws(' ', state, agreed_on) FROM submission WHERE submission_no = '" + no + "'");
    }
}

package io.tean.register.organisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tean.core.audit.Actor;
import io.tean.core.organisation.CreditCode;
import io.tean.core.store.TestDatabase;
import io.tean.register.intake.Intake;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrganisationRegisterIT {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final Intake INTAKE = new Intake(DATABASE);
    private static final OrganisationRegister REGISTER = new OrganisationRegister(DATABASE.pool());
    private static final String HEADER = "credit_code,kind,name,division_code\n";
    private static final CreditCode FIRM = CreditCode.beginning("91371300MA0000001");
    private static final CreditCode STATION = CreditCode.beginning("91371300MB0000001");

    @BeforeEach
    void empty() {
        DATABASE.execute("TRUNCATE organisation CASCADE");
        DATABASE.execute("TRUNCATE audit_entry");
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void an_organisation_is_listed_and_found_as_it_was_imported() throws IOException {
        assertThat(load(HEADER + row(FIRM, "MAINTENANCE_FIRM", "宏达电梯") + STATION + ",FILLING_STATION,气站,\n"))
                .containsExactly(2L, 0L, 0L, 0L);
        var firm = new Organisation(FIRM, OrganisationKind.MAINTENANCE_FIRM, "宏达电梯", Optional.of("371302"));
        assertThat(REGISTER.list())
                .containsExactly(
                        firm, new Organisation(STATION, OrganisationKind.FILLING_STATION, "气站", Optional.empty()));
        assertThat(REGISTER.find(FIRM.text())).contains(firm);
        assertThat(REGISTER.find("nobody")).isEmpty();
    }

    @Test
    void the_same_file_again_changes_nothing_and_is_not_audited() throws IOException {
        load(HEADER + row(FIRM, "MAINTENANCE_FIRM", "a"));
        DATABASE.execute("TRUNCATE audit_entry");
        assertThat(load(HEADER + row(FIRM, "MAINTENANCE_FIRM", "a"))).containsExactly(0L, 0L, 1L, 0L);
        assertThat(DATABASE.number("SELECT count(*) FROM audit_entry")).isZero();
    }

    @Test
    void another_name_is_taken_over_and_audited_with_the_old_one() throws IOException {
        load(HEADER + row(FIRM, "MAINTENANCE_FIRM", "a"));
        assertThat(load(HEADER + row(FIRM, "MAINTENANCE_FIRM", "b"))).containsExactly(0L, 1L, 0L, 0L);
        assertThat(entry("organisation.change"))
                .isEqualTo("command organisation " + FIRM + " true {\"name\":\"a\"} {\"name\":\"b\"}");
    }

    @Test
    void a_new_organisation_is_audited_as_its_own() throws IOException {
        load(HEADER + row(FIRM, "MAINTENANCE_FIRM", "a"));
        assertThat(entry("organisation.add"))
                .isEqualTo("command organisation " + FIRM
                        + " true none {\"division_code\":\"371302\",\"kind\":\"MAINTENANCE_FIRM\",\"name\":\"a\"}");
    }

    @Test
    void without_a_column_for_it_the_division_stays() throws IOException {
        load(HEADER + row(FIRM, "MAINTENANCE_FIRM", "a"));
        load("credit_code,kind,name\n" + FIRM + ",MAINTENANCE_FIRM,b\n");
        assertThat(REGISTER.find(FIRM.text()).flatMap(Organisation::divisionCode))
                .contains("371302");
    }

    @Test
    void every_problem_of_every_row_is_told_and_nothing_is_imported() throws IOException {
        String rows = row(FIRM, "MAINTENANCE_FIRM", "a") + row(FIRM, "MAINTENANCE_FIRM", "a") + "123,FIRM,,3713\n"
                + "91371300MB0000001Y,USE_UNIT,b,\n";
        assertThat(INTAKE.problems(INTAKE.load("organisations", HEADER + rows)))
                .contains(
                        "3 credit_code " + FIRM + " stands in row 2 already",
                        "4 credit_code 123 is not 18 digits or capital letters",
                        "4 kind FIRM is none of USE_UNIT, MAINTENANCE_FIRM,",
                        "4 name  must be filled",
                        "4 division_code 3713 is not 6 digits",
                        "5 credit_code 91371300MB0000001Y is mistyped");
        assertThat(REGISTER.list()).isEmpty();
        assertThat(DATABASE.number("SELECT count(*) FROM audit_entry")).isZero();
    }

    @Test
    void an_organisation_does_not_become_one_of_another_kind() throws IOException {
        load(HEADER + row(FIRM, "MAINTENANCE_FIRM", "a"));
        assertThat(INTAKE.problems(INTAKE.load("organisations", HEADER + row(FIRM, "USE_UNIT", "a"))))
                .isEqualTo(
                        "2 kind USE_UNIT is not the kind that it is registered with, MAINTENANCE_FIRM, which does not change");
        var other = new Organisation(FIRM, OrganisationKind.USE_UNIT, "a", Optional.empty());
        assertThatThrownBy(() -> REGISTER.add(other, Actor.command())).hasMessageContainingAll(FIRM.text(), "USE_UNIT");
    }

    @Test
    void one_that_is_added_again_under_another_name_is_audited_with_both() {
        REGISTER.add(new Organisation(FIRM, OrganisationKind.MAINTENANCE_FIRM, "a", Optional.empty()), Actor.command());
        REGISTER.add(new Organisation(FIRM, OrganisationKind.MAINTENANCE_FIRM, "b", Optional.empty()), Actor.command());
        assertThat(entry("organisation.change"))
                .isEqualTo("command organisation " + FIRM + " true {\"name\":\"a\"} {\"name\":\"b\"}");
    }

    @Test
    void one_that_is_added_by_itself_is_audited_under_who_added_it() {
        var firm = new Organisation(FIRM, OrganisationKind.MAINTENANCE_FIRM, "a", Optional.empty());
        assertThat(REGISTER.add(firm, Actor.account("li.wei", "10.0.0.7"))).isTrue();
        assertThat(REGISTER.add(firm, Actor.account("li.wei", "10.0.0.7"))).isFalse();
        assertThat(DATABASE.text("SELECT actor || ' ' || source FROM audit_entry"))
                .isEqualTo("li.wei 10.0.0.7");
    }

    private static String row(CreditCode code, String kind, String name) {
        return code + "," + kind + "," + name + ",371302\n";
    }

    private static String entry(String action) {
        return DATABASE.text("""
                SELECT concat_ws(' ', actor_kind, subject_kind, subject, credit_code = subject,
                    coalesce(before::text, 'none'), after::text)
                FROM audit_entry JOIN organisation USING (organisation_id) WHERE action = '%s'
                """.formatted(action)).replace(" t ", " true ");
    }

    private static List<Long> load(String text) throws IOException {
        return Intake.counts(INTAKE.good("organisations", text));
    }
}

package io.tean.register.equipment;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.core.audit.Actor;
import io.tean.core.organisation.CreditCode;
import io.tean.core.store.TestDatabase;
import io.tean.register.equipment.EquipmentRegister.Equipment;
import io.tean.register.intake.Intake;
import io.tean.register.organisation.Organisation;
import io.tean.register.organisation.OrganisationKind;
import io.tean.register.organisation.OrganisationRegister;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EquipmentRegisterIT {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final Intake INTAKE = new Intake(DATABASE);
    private static final EquipmentRegister REGISTER = new EquipmentRegister(DATABASE.pool());
    private static final String HEADER = "code,category,name,division_code,site_address,rescue_code\n";
    private static final String LIFT = "31103713002020120001,elevator,1号梯,371302,\"北城路 1 号, 3 单元\",371001\n";

    private static final String WITH_USE_UNIT = "code,category,name,use_unit\n";
    private static final String HOTEL =
            CreditCode.beginning("91371300MA0000001").text();
    private static final String SCHOOL =
            CreditCode.beginning("91371300MA0000002").text();

    @BeforeEach
    void empty() {
        DATABASE.execute("TRUNCATE equipment, organisation CASCADE");
        DATABASE.execute("TRUNCATE audit_entry");
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void a_machine_is_listed_as_it_was_imported() throws IOException {
        assertThat(load(HEADER + LIFT)).containsExactly(1L, 0L, 0L, 0L);
        assertThat(REGISTER.list(Optional.empty()))
                .containsExactly(new Equipment(
                        "31103713002020120001",
                        "elevator",
                        "1号梯",
                        Optional.of("371302"),
                        Optional.of("北城路 1 号, 3 单元"),
                        Optional.of("371001"),
                        Optional.empty()));
    }

    @Test
    void the_same_file_again_changes_nothing() throws IOException {
        load(HEADER + LIFT);
        long id = DATABASE.number("SELECT equipment_id FROM equipment");
        assertThat(load(HEADER + LIFT)).containsExactly(0L, 0L, 1L, 0L);
        assertThat(load(HEADER + LIFT.replace("1号梯", "2号梯"))).containsExactly(0L, 1L, 0L, 0L);
        assertThat(DATABASE.number("SELECT equipment_id FROM equipment")).isEqualTo(id);
    }

    @Test
    void columns_may_be_left_out_and_stand_in_any_order() throws IOException {
        load("name,code,category\n充装机,B-1,filling-machine\n");
        assertThat(REGISTER.list(Optional.of("filling-machine")))
                .containsExactly(new Equipment(
                        "B-1",
                        "filling-machine",
                        "充装机",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(REGISTER.list(Optional.of("elevator"))).isEmpty();
    }

    @Test
    void a_byte_order_mark_and_the_line_ends_of_windows_do_no_harm() throws IOException {
        assertThat(load("\uFEFF" + (HEADER + LIFT).replace("\n", "\r\n"))).containsExactly(1L, 0L, 0L, 0L);
    }

    @Test
    void hostile_text_is_kept_as_it_is() throws IOException {
        String hostile = "'); DROP TABLE equipment; -- \\N \u202E😀";
        load(HEADER + "B-1,filling-machine," + hostile + ",,,\n");
        assertThat(REGISTER.list(Optional.empty()))
                .singleElement()
                .extracting(Equipment::name)
                .isEqualTo(hostile);
    }

    @Test
    void a_new_machine_tells_the_service_that_its_directory_is_out_of_date() throws IOException {
        load(HEADER + LIFT);
        long revision = DATABASE.number("SELECT revision FROM directory_revision");
        load(HEADER + LIFT + "B-1,filling-machine,x,,,\n");
        assertThat(DATABASE.number("SELECT revision FROM directory_revision")).isGreaterThan(revision);
    }

    @Test
    void a_machine_has_the_use_unit_that_the_file_names() throws IOException {
        useUnit(HOTEL);
        load(WITH_USE_UNIT + "B-1,filling-machine,充装机," + HOTEL + "\nB-2,filling-machine,充装机,\n");
        assertThat(REGISTER.list(Optional.empty()))
                .extracting(Equipment::useUnit)
                .containsExactly(Optional.of(HOTEL), Optional.empty());
    }

    @Test
    void what_a_file_has_no_column_for_stays_and_an_empty_cell_takes_it_away() throws IOException {
        useUnit(HOTEL);
        load(WITH_USE_UNIT + "B-1,filling-machine,x," + HOTEL + "\n");
        assertThat(load("code,category,name\nB-1,filling-machine,y\n")).containsExactly(0L, 1L, 0L, 0L);
        assertThat(useUnitOf("B-1")).contains(HOTEL);
        load(WITH_USE_UNIT + "B-1,filling-machine,y,\n");
        assertThat(useUnitOf("B-1")).isEmpty();
    }

    @Test
    void a_new_machine_has_an_audit_entry_that_its_use_unit_may_read() throws IOException {
        useUnit(HOTEL);
        load(WITH_USE_UNIT + "B-1,filling-machine,充装机," + HOTEL + "\n");
        assertThat(entries())
                .isEqualTo("command equipment.add equipment B-1 " + HOTEL
                        + " none {\"category\":\"filling-machine\",\"name\":\"充装机\",\"use_unit\":\"" + HOTEL + "\"}");
    }

    @Test
    void a_change_is_audited_with_what_changed_and_an_unchanged_row_is_not() throws IOException {
        useUnit(HOTEL);
        useUnit(SCHOOL);
        String other = "B-2,filling-machine,z,\n";
        load(WITH_USE_UNIT + "B-1,filling-machine,x," + HOTEL + "\n" + other);
        DATABASE.execute("TRUNCATE audit_entry");
        load(WITH_USE_UNIT + "B-1,filling-machine,y," + SCHOOL + "\n" + other);
        assertThat(entries())
                .isEqualTo("command equipment.change equipment B-1 " + SCHOOL + " {\"name\":\"x\",\"use_unit\":\""
                        + HOTEL + "\"} {\"name\":\"y\",\"use_unit\":\"" + SCHOOL + "\"}");
        DATABASE.execute("TRUNCATE audit_entry");
        load(WITH_USE_UNIT + "B-1,filling-machine,y," + SCHOOL + "\n" + other);
        assertThat(DATABASE.number("SELECT count(*) FROM audit_entry")).isZero();
    }

    @Test
    void a_machine_that_is_taken_from_its_use_unit_leaves_it_the_entry() throws IOException {
        useUnit(HOTEL);
        load(WITH_USE_UNIT + "B-1,filling-machine,x," + HOTEL + "\n");
        DATABASE.execute("TRUNCATE audit_entry");
        load(WITH_USE_UNIT + "B-1,filling-machine,x,\n");
        assertThat(entries()).contains(HOTEL + " {\"use_unit\":\"" + HOTEL + "\"} {\"use_unit\":\"\"}");
    }

    @Test
    void a_refused_file_leaves_no_audit_entry() throws IOException {
        assertThat(INTAKE.load("equipment", HEADER + LIFT + "x,elevator,x,,,\n").refused())
                .isOne();
        assertThat(DATABASE.number("SELECT count(*) FROM audit_entry")).isZero();
    }

    @Test
    void a_changed_state_closes_the_interval_of_the_old_one() throws IOException {
        load("code,category,name,in_use_since\nB-1,filling-machine,x,2020-01-01\n");
        load("code,category,name,state,state_since\nB-1,filling-machine,x,停用,2026-03-01\n");
        assertThat(states()).isEqualTo("IN_USE 2020-01-01 2026-03-01, SUSPENDED 2026-03-01 infinity");
        load("code,category,name,state\nB-1,filling-machine,x,在用\n");
        assertThat(states())
                .as("without a day it is today")
                .isEqualTo("IN_USE 2020-01-01 2026-03-01, SUSPENDED 2026-03-01 2026-11-22, IN_USE 2026-11-22 infinity");
    }

    @Test
    void a_state_that_began_on_another_day_moves_its_interval() throws IOException {
        load("code,category,name,in_use_since,state,state_since\nB-1,filling-machine,x,2020-01-01,停用,2026-03-01\n");
        load("code,category,name,state_since\nB-1,filling-machine,x,2026-02-01\n");
        assertThat(states()).isEqualTo("IN_USE 2020-01-01 2026-02-01, SUSPENDED 2026-02-01 infinity");
        assertThat(INTAKE.problems(
                        INTAKE.load("equipment", "code,category,name,state_since\nB-1,filling-machine,x,2019-02-01\n")))
                .isEqualTo("2 state_since 2019-02-01 is not after 2020-01-01, when the state before began");
    }

    private static String states() {
        return DATABASE.text(
                "SELECT string_agg(concat_ws(' ', state, from_on, until_on), ', ' ORDER BY from_on) FROM equipment_state");
    }

    private static void useUnit(String code) {
        new OrganisationRegister(DATABASE.pool())
                .add(
                        new Organisation(new CreditCode(code), OrganisationKind.USE_UNIT, "单位", Optional.empty()),
                        Actor.command());
        DATABASE.execute("TRUNCATE audit_entry");
    }

    private static Optional<String> useUnitOf(String code) {
        return REGISTER.list(Optional.empty()).stream()
                .filter(machine -> machine.code().equals(code))
                .findFirst()
                .flatMap(Equipment::useUnit);
    }

    private static String entries() {
        return DATABASE.text("""
                SELECT string_agg(concat_ws(' ', actor_kind, action, subject_kind, subject, credit_code,
                    coalesce(before::text, 'none'), after::text), E'\\n' ORDER BY audit_id)
                FROM audit_entry LEFT JOIN organisation USING (organisation_id)
                """);
    }

    private static List<Long> load(String text) throws IOException {
        return Intake.counts(INTAKE.good("equipment", text));
    }
}

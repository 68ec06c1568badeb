package io.tean.ingest.device;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tean.core.audit.Actor;
import io.tean.core.equipment.EquipmentCode;
import io.tean.core.store.TestDatabase;
import io.tean.ingest.IngestException;
import io.tean.ingest.device.DeviceLedger.Enrolment;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeviceLedgerIT {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final DeviceLedger LEDGER = new DeviceLedger(DATABASE.pool());
    private static final DeviceDirectory DIRECTORY = new DeviceDirectory(DATABASE.pool());
    private static final Actor ENGINEER = Actor.command();
    private static final String FIRM = "91371300MA0000001F";
    private static final String OTHER_FIRM = "91371300MA0000002F";

    @BeforeAll
    static void register_two_firms() {
        DATABASE.execute("INSERT INTO organisation (credit_code, kind, name) VALUES ('" + FIRM
                + "', 'MAINTENANCE_FIRM', 'a'), ('" + OTHER_FIRM + "', 'MAINTENANCE_FIRM', 'b')");
    }

    @BeforeEach
    void empty() {
        DATABASE.execute("TRUNCATE device, device_binding, device_contact, audit_entry");
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void a_device_is_listed_with_its_organisation_and_equipment() {
        LEDGER.add("d1", run(FIRM, "EQ-2", "EQ-1"), ENGINEER);
        LEDGER.add("d2", run(null, "EQ-3"), ENGINEER);
        assertThat(LEDGER.list())
                .satisfiesExactly(
                        first -> {
                            assertThat(first.deviceId()).isEqualTo("d1");
                            assertThat(first.organisation()).contains(FIRM);
                            assertThat(first.equipmentCodes()).containsExactly("EQ-1", "EQ-2");
                            assertThat(first.disabledAt()).isEmpty();
                        },
                        second -> assertThat(second.organisation()).isEmpty());
    }

    @Test
    void of_many_devices_only_the_new_ones_get_a_token() throws SQLException {
        String old = LEDGER.add("d1", run(null, "EQ-1"), ENGINEER).orElseThrow();
        Map<String, Optional<String>> tokens =
                LEDGER.addAll(Map.of("d1", run(null, "EQ-1"), "d2", run(FIRM, "EQ-1")), ENGINEER);
        assertThat(tokens).containsEntry("d1", Optional.empty());
        assertThat(opens("d1", old)).isTrue();
        String young = tokens.getOrDefault("d2", Optional.empty()).orElseThrow();
        assertThat(opens("d2", young)).isTrue();
        assertThat(opens("d2", old)).isFalse();
    }

    @Test
    void an_organisation_that_is_not_registered_is_named_and_nothing_is_added() {
        Map<String, Enrolment> devices = Map.of("d1", run(FIRM, "EQ-1"), "d2", run("nobody", "EQ-1"));
        assertThatThrownBy(() -> LEDGER.addAll(devices, ENGINEER))
                .isInstanceOf(IngestException.class)
                .hasMessage("organisation 'nobody' is not registered; bin/tean organisation list shows all");
        assertThat(LEDGER.list()).isEmpty();
        assertThat(entries()).isEqualTo("none");
    }

    @Test
    void a_new_device_is_audited_as_its_organisations_and_without_its_token() {
        String token = LEDGER.add("d1", run(FIRM, "EQ-1"), ENGINEER).orElseThrow();
        assertThat(entries())
                .isEqualTo("command device.add device d1 " + FIRM
                        + " none {\"equipment\":[\"EQ-1\"],\"organisation\":\"" + FIRM + "\"}");
        assertThat(DATABASE.text("SELECT string_agg(audit_entry::text, '') FROM audit_entry"))
                .doesNotContain(token);
    }

    @Test
    void further_codes_are_audited_and_known_ones_are_not() {
        LEDGER.add("d1", run(FIRM, "EQ-1"), ENGINEER);
        DATABASE.execute("TRUNCATE audit_entry");
        assertThat(LEDGER.add("d1", run(null, "EQ-1", "EQ-2"), ENGINEER)).isEmpty();
        assertThat(entries()).isEqualTo("command device.bind device d1 " + FIRM + " none {\"equipment\":[\"EQ-2\"]}");
        DATABASE.execute("TRUNCATE audit_entry");
        LEDGER.add("d1", run(FIRM, "EQ-1", "EQ-2"), ENGINEER);
        assertThat(entries()).isEqualTo("none");
    }

    @Test
    void a_known_device_goes_to_the_organisation_that_is_named_and_stays_when_none_is() {
        LEDGER.add("d1", run(FIRM, "EQ-1"), ENGINEER);
        DATABASE.execute("TRUNCATE audit_entry");
        LEDGER.add("d1", run(OTHER_FIRM, "EQ-1"), ENGINEER);
        LEDGER.add("d1", run(null, "EQ-1"), ENGINEER);
        assertThat(LEDGER.list().getFirst().organisation()).contains(OTHER_FIRM);
        assertThat(entries())
                .isEqualTo("command device.assign device d1 " + OTHER_FIRM + " {\"organisation\":\"" + FIRM
                        + "\"} {\"organisation\":\"" + OTHER_FIRM + "\"}");
    }

    @Test
    void a_disabled_device_comes_in_again_with_its_token_once_it_is_enabled() throws SQLException {
        String token = LEDGER.add("d1", run(FIRM, "EQ-1"), ENGINEER).orElseThrow();
        assertThat(LEDGER.disable("d1", ENGINEER)).isTrue();
        assertThat(opens("d1", token)).isFalse();
        assertThat(LEDGER.enable("d1", ENGINEER)).isTrue();
        assertThat(opens("d1", token)).isTrue();
    }

    @Test
    void disabling_and_enabling_are_audited_once() {
        LEDGER.add("d1", run(FIRM, "EQ-1"), ENGINEER);
        DATABASE.execute("TRUNCATE audit_entry");
        LEDGER.disable("d1", ENGINEER);
        assertThat(LEDGER.disable("d1", ENGINEER)).isFalse();
        LEDGER.enable("d1", ENGINEER);
        assertThat(LEDGER.enable("d1", ENGINEER)).isFalse();
        assertThat(entries()).isEqualTo("""
                command device.disable device d1 %1$s {"state":"enabled"} {"state":"disabled"}
                command device.enable device d1 %1$s {"state":"disabled"} {"state":"enabled"}""".formatted(FIRM));
    }

    @Test
    void a_renewed_token_opens_and_the_old_one_does_not() throws SQLException {
        String old = LEDGER.add("d1", run(FIRM, "EQ-1"), ENGINEER).orElseThrow();
        DATABASE.execute("TRUNCATE audit_entry");
        String token = LEDGER.renewToken("d1", ENGINEER);
        assertThat(opens("d1", token)).isTrue();
        assertThat(opens("d1", old)).isFalse();
        assertThat(entries()).isEqualTo("command device.renew-token device d1 " + FIRM + " none none");
    }

    @Test
    void what_is_done_to_a_device_that_is_not_there_is_refused_and_names_it() {
        assertThatThrownBy(() -> LEDGER.disable("ghost", ENGINEER)).hasMessageContaining("there is no device 'ghost'");
        assertThatThrownBy(() -> LEDGER.enable("ghost", ENGINEER)).hasMessageContaining("there is no device 'ghost'");
        assertThatThrownBy(() -> LEDGER.renewToken("ghost", ENGINEER))
                .hasMessageContaining("there is no device 'ghost'");
        assertThat(entries()).isEqualTo("none");
    }

    @Test
    void an_id_that_is_not_well_formed_is_refused() {
        assertThatThrownBy(() -> LEDGER.add("a b", run(null, "EQ-1"), ENGINEER))
                .hasMessageContaining("device id 'a b' must be");
    }

    private static boolean opens(String device, String token) throws SQLException {
        DIRECTORY.refresh();
        return DIRECTORY.logIn(device, token.getBytes(UTF_8)).isPresent();
    }

    private static Enrolment run(@org.jspecify.annotations.Nullable String organisation, String... codes) {
        return new Enrolment(Arrays.stream(codes).map(EquipmentCode::new).toList(), Optional.ofNullable(organisation));
    }

    private static String entries() {
        return DATABASE.text("""
                SELECT coalesce(string_agg(concat_ws(' ', actor_kind, action, subject_kind, subject, credit_code,
                    coalesce(before::text, 'none'), coalesce(after::text, 'none')), E'\\n' ORDER BY audit_id), 'none')
                FROM audit_entry LEFT JOIN organisation USING (organisation_id)
                """);
    }
}

package io.tean.ingest.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.core.audit.Actor;
import io.tean.core.store.TestDatabase;
import io.tean.ingest.device.DeviceLedger.Enrolment;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ContactLedgerIT {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final ContactLedger LEDGER = new ContactLedger(DATABASE.pool());

    @BeforeAll
    static void add_devices() {
        new DeviceLedger(DATABASE.pool())
                .addAll(Map.of("a", Enrolment.of(List.of()), "b", Enrolment.of(List.of())), Actor.command());
    }

    @BeforeEach
    void empty() {
        DATABASE.execute("TRUNCATE device_contact");
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void a_connected_device_has_its_last_contact_and_the_begin_of_its_connection() throws SQLException {
        connected("a", 5, 1);
        assertThat(contact("a")).isEqualTo("5 since 1");
    }

    @Test
    void a_device_that_went_has_only_its_last_contact() throws SQLException {
        connected("a", 5, 1);
        gone("a", 6, 1);
        assertThat(contact("a")).isEqualTo("6 gone");
    }

    @Test
    void one_that_came_and_went_between_two_writings_ends_an_earlier_connection_as_well() throws SQLException {
        connected("a", 5, 1);
        gone("a", 8, 7);
        assertThat(contact("a")).isEqualTo("8 gone");
    }

    @Test
    void a_last_contact_never_goes_backwards() throws SQLException {
        connected("a", 5, 1);
        connected("a", 4, 1);
        assertThat(contact("a")).isEqualTo("5 since 1");
    }

    @Test
    void a_connection_ends_although_the_clock_was_put_back_in_it() throws SQLException {
        connected("a", 50, 40);
        gone("a", 45, 40);
        assertThat(contact("a")).isEqualTo("50 gone");
    }

    @Test
    void a_process_that_notices_late_that_a_device_left_it_does_not_end_its_connection_to_another()
            throws SQLException {
        connected("a", 5, 1);
        connected("a", 8, 7);
        gone("a", 5, 1);
        assertThat(contact("a")).isEqualTo("8 since 7");
    }

    @Test
    void a_process_that_writes_late_does_not_take_a_device_from_another() throws SQLException {
        connected("a", 8, 7);
        connected("a", 5, 1);
        assertThat(contact("a")).isEqualTo("8 since 7");
    }

    @Test
    void a_device_that_is_not_known_any_more_holds_up_no_other() throws SQLException {
        LEDGER.write(
                List.of(new Contact("a", at(5), at(1)), new Contact("ghost", at(5), at(1))), id -> Optional.of(at(1)));
        assertThat(contact("a")).isEqualTo("5 since 1");
        assertThat(DATABASE.number("SELECT count(*) FROM device_contact")).isEqualTo(1);
    }

    @Test
    void only_those_that_were_silent_for_too_long_are_corrected() throws SQLException {
        connected("a", 5, 1);
        connected("b", 20, 1);
        assertThat(LEDGER.disconnectSilentSince(at(10))).isEqualTo(1);
        assertThat(contact("a")).isEqualTo("5 gone");
        assertThat(contact("b")).isEqualTo("20 since 1");
    }

    @Test
    void a_device_that_was_corrected_wrongly_is_connected_again_with_its_next_packet() throws SQLException {
        connected("a", 5, 1);
        LEDGER.disconnectSilentSince(at(10));
        connected("a", 11, 1);
        assertThat(contact("a")).isEqualTo("11 since 1");
    }

    private static void connected(String device, int heard, int since) throws SQLException {
        LEDGER.write(List.of(new Contact(device, at(heard), at(since))), id -> Optional.of(at(since)));
    }

    private static void gone(String device, int heard, int connectedAt) throws SQLException {
        LEDGER.write(List.of(new Contact(device, at(heard), at(connectedAt))), id -> Optional.empty());
    }

    private static Instant at(int second) {
        return Instant.ofEpochSecond(second);
    }

    private static String contact(String device) {
        return DATABASE.text("""
                SELECT extract(epoch FROM last_contact)::integer
                    || coalesce(' since ' || extract(epoch FROM connected_since)::integer, ' gone')
                FROM device_contact WHERE device_id = '%s'
                """.formatted(device));
    }
}

package io.tean.dashboards.account;

import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Browsers that an account has logged in from, known by a cookie that outlives the session. */
final class Seats {
    static final Duration REMEMBERED = Duration.ofDays(180);

    private final Jdbi jdbi;

    Seats(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** A name for the browser, when it is one that this account has logged in from before. */
    Optional<String> find(String account, Optional<String> cookie) {
        return cookie.map(Secret::hash)
                .flatMap(hash -> jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT encode(s.seat_hash, 'hex') FROM known_seat s JOIN account a ON a.account_id = s.account_id
                        WHERE s.seat_hash = :hash AND a.name = :account AND s.last_used > clock_timestamp() - make_interval(days => :days)
                        """)
                        .bind("hash", hash)
                        .bind("account", account)
                        .bind("days", (int) REMEMBERED.toDays())
                        .mapTo(String.class)
                        .findOne()));
    }

    /** Notes that the account has logged in from this browser, and answers the cookie that says so. */
    String remember(int accountId, Optional<String> seat, Optional<String> cookie) {
        if (seat.isPresent() && cookie.isPresent()) {
            jdbi.useHandle(handle -> handle.createUpdate(
                            "UPDATE known_seat SET last_used = clock_timestamp() WHERE seat_hash = :hash")
                    .bind("hash", HexFormat.of().parseHex(seat.get()))
                    .execute());
            return cookie.get();
        }
        String fresh = Secret.random();
        jdbi.useTransaction(handle -> {
            handle.createUpdate("INSERT INTO known_seat (seat_hash, account_id) VALUES (:hash, :account)")
                    .bind("hash", Secret.hash(fresh))
                    .bind("account", accountId)
                    .execute();
            // A person has a handful of browsers; what is older than the fifty newest is forgotten.
            handle.createUpdate("""
                            DELETE FROM known_seat WHERE account_id = :account AND seat_hash NOT IN
                                (SELECT seat_hash FROM known_seat WHERE account_id = :account ORDER BY last_used DESC LIMIT 50)
                            """).bind("account", accountId).execute();
        });
        return fresh;
    }
}

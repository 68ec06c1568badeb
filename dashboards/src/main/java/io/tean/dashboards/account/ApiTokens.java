package io.tean.dashboards.account;

import io.tean.core.audit.Actor;
import io.tean.core.audit.AuditEntry;
import io.tean.core.audit.AuditTrail;
import io.tean.dashboards.access.TokenScope;
import io.tean.dashboards.access.Viewer;
import io.tean.dashboards.access.Viewer.Credential;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.screen.Word;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Tokens with which programs act for an account: never more than the account may, and no longer than it may. */
final class ApiTokens {
    static final int MOST_USABLE = 50;
    /** So that a token is known for one wherever it leaks. */
    private static final String PREFIX = "tean_";

    private final Jdbi jdbi;

    ApiTokens(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** How adding one went. */
    sealed interface Added {
        /** @param word shown once */
        record Done(String word, Instant expiresAt) implements Added {
            /** Without the word, which is nobody's to read in a log. */
            @Override
            public String toString() {
                return "Done[expiresAt=" + expiresAt + "]";
            }
        }

        /** Nothing was added; the problems by field. */
        record Wrong(Map<String, Word> problems) implements Added {}
    }

    /** Makes a token and answers its word, once. */
    Added add(Viewer viewer, TokenDraft draft, Actor actor) {
        Map<String, Word> problems = draft.problems(TokenDraft.offered(viewer));
        if (!problems.isEmpty()) {
            return new Added.Wrong(problems);
        }
        String word = PREFIX + Secret.random();
        List<String> words = draft.scopes().stream().sorted().toList();
        return changing(handle -> {
            Optional<Word> refused = refused(handle, viewer.accountId(), draft.name());
            if (refused.isPresent()) {
                return new Added.Wrong(Map.of(TokenDraft.NAME, refused.get()));
            }
            Instant expires = handle.createQuery("""
                            INSERT INTO api_token (account_id, name, token_hash, scopes, expires_at)
                            VALUES (:account, :name, :hash, :scopes, clock_timestamp() + make_interval(days => :days))
                            RETURNING expires_at
                            """)
                    .bind("account", viewer.accountId())
                    .bind("name", draft.name())
                    .bind("hash", Secret.hash(word))
                    .bindArray("scopes", String.class, words.toArray())
                    .bind("days", Integer.parseInt(draft.days()))
                    .mapTo(Instant.class)
                    .one();
            audit(
                    handle,
                    AuditEntry.of(
                            actor,
                            "token.add",
                            "token",
                            viewer.account() + "/" + draft.name(),
                            Map.of(),
                            Map.of("scopes", words, "expires", expires.toString())),
                    viewer.accountId());
            return new Added.Done(word, expires);
        });
    }

    /** Why the account cannot have one more of this name; the audit trail knows a token by its name. */
    private static Optional<Word> refused(Handle handle, int accountId, String name) {
        // Two at the same moment wait for one another here.
        handle.createQuery("SELECT account_id FROM account WHERE account_id = :account FOR UPDATE")
                .bind("account", accountId)
                .mapTo(Integer.class)
                .one();
        List<String> usable = handle.createQuery("""
                        SELECT name FROM api_token
                        WHERE account_id = :account AND revoked_at IS NULL AND expires_at > clock_timestamp()
                        """)
                .bind("account", accountId)
                .mapTo(String.class)
                .list();
        if (usable.contains(name)) {
            return Optional.of(Word.WRONG_TOKEN_TAKEN);
        }
        return usable.size() >= MOST_USABLE ? Optional.of(Word.WRONG_TOKENS_TOO_MANY) : Optional.empty();
    }

    /** Answers false when the account has no such token that could still be used. */
    boolean revoke(int accountId, int tokenId, Actor actor) {
        return changing(handle -> {
            record Revoked(String account, String name) {}
            Optional<Revoked> revoked = handle.createQuery("""
                            UPDATE api_token t SET revoked_at = clock_timestamp() FROM account a
                            WHERE a.account_id = t.account_id AND t.token_id = :token AND t.account_id = :account
                              AND t.revoked_at IS NULL
                            RETURNING a.name, t.name
                            """)
                    .bind("token", tokenId)
                    .bind("account", accountId)
                    .map((row, context) -> new Revoked(row.getString(1), row.getString(2)))
                    .findOne();
            if (revoked.isPresent()) {
                String subject = revoked.get().account() + "/" + revoked.get().name();
                audit(
                        handle,
                        AuditEntry.of(
                                actor,
                                "token.revoke",
                                "token",
                                subject,
                                Map.of("revoked", false),
                                Map.of("revoked", true)),
                        accountId);
            }
            return revoked.isPresent();
        });
    }

    /**
     * Revokes a token by what stands in an address; one that was revoked before stays so.
     *
     * @throws Refusal when the account has no such token
     */
    void revokeKnown(int accountId, String token, Actor actor) {
        int id = token.matches("[0-9]{1,9}") ? Integer.parseInt(token) : 0;
        boolean known = jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT EXISTS (SELECT FROM api_token WHERE token_id = :token AND account_id = :account)
                        """)
                .bind("token", id)
                .bind("account", accountId)
                .mapTo(Boolean.class)
                .one());
        if (!known) {
            throw Refusal.notFound();
        }
        revoke(accountId, id, actor);
    }

    /** Newest first; at most 200. */
    List<ApiToken> list(int accountId) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT token_id, name, scopes, added_at, expires_at, expires_at < clock_timestamp() AS expired,
                               last_used, revoked_at
                        FROM api_token WHERE account_id = :account ORDER BY token_id DESC LIMIT 200
                        """)
                .bind("account", accountId)
                .map((row, context) -> new ApiToken(
                        row.getInt("token_id"),
                        row.getString("name"),
                        scopes((String[]) row.getArray("scopes").getArray()),
                        row.getTimestamp("added_at").toInstant(),
                        row.getTimestamp("expires_at").toInstant(),
                        row.getBoolean("expired"),
                        Optional.ofNullable(row.getTimestamp("last_used")).map(java.sql.Timestamp::toInstant),
                        Optional.ofNullable(row.getTimestamp("revoked_at")).map(java.sql.Timestamp::toInstant)))
                .list());
    }

    Optional<Viewer> find(String word) {
        if (!word.startsWith(PREFIX)) {
            return Optional.empty();
        }
        byte[] hash = Secret.hash(word);
        return jdbi.inTransaction(handle -> {
            Optional<Viewer> viewer = handle.createQuery("SELECT t.token_id, t.name AS token_name, t.scopes, "
                            + Account.COLUMNS
                            + "FROM api_token t JOIN account a ON a.account_id = t.account_id"
                            + " LEFT JOIN organisation o ON o.organisation_id = a.organisation_id"
                            + " WHERE t.token_hash = :hash AND t.revoked_at IS NULL AND a.disabled_at IS NULL"
                            + " AND t.expires_at > clock_timestamp()")
                    .bind("hash", hash)
                    .map((row, context) -> {
                        Account account = Account.MAPPER.map(row, context);
                        return new Viewer(
                                account.id(),
                                account.name(),
                                account.displayName(),
                                account.role(),
                                account.scope(),
                                new Credential.Token(
                                        row.getInt("token_id"), row.getString("token_name"), scopes((String[])
                                                row.getArray("scopes").getArray())));
                    })
                    .findOne();
            // Once a minute: a program that asks every second must not write every second.
            viewer.ifPresent(
                    known -> handle.createUpdate("""
                            UPDATE api_token SET last_used = clock_timestamp() WHERE token_hash = :hash
                            AND (last_used IS NULL OR last_used < clock_timestamp() - interval '1 minute')
                            """).bind("hash", hash).execute());
            return viewer;
        });
    }

    private interface Change<T> {
        T in(Handle handle) throws SQLException;
    }

    private <T> T changing(Change<T> change) {
        try {
            return jdbi.inTransaction(change::in);
        } catch (SQLException e) {
            throw new AccountException("cannot change the token: " + e.getMessage(), e);
        }
    }

    private static void audit(Handle handle, AuditEntry entry, int accountId) throws SQLException {
        OptionalInt organisation = handle.createQuery("SELECT organisation_id FROM account WHERE account_id = :id")
                .bind("id", accountId)
                .map((row, context) -> {
                    int id = row.getInt(1);
                    return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(id);
                })
                .one();
        AuditTrail.write(handle.getConnection(), entry.withOrganisation(organisation));
    }

    /** A scope that this version does not know any more opens nothing. */
    private static SortedSet<TokenScope> scopes(String[] words) {
        return Arrays.stream(words)
                .map(TokenScope::of)
                .flatMap(Optional::stream)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}

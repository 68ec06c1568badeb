package io.tean.dashboards.account;

import io.tean.core.audit.Actor;
import io.tean.core.audit.AuditEntry;
import io.tean.core.audit.AuditTrail;
import io.tean.dashboards.access.Role;
import io.tean.dashboards.access.WebStore;
import io.tean.dashboards.screen.Word;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Adds and changes accounts; each change and its audit entry are one transaction, and ends the sessions that it must end. */
public final class AccountLedger {
    /** For so long a password that somebody else has seen opens the page for a new one. */
    static final Duration ONE_TIME = Duration.ofDays(3);

    /** The account that is there first. */
    public static final String FIRST = "admin";

    private final Jdbi jdbi;
    private final PasswordHash hashes;

    public AccountLedger(DataSource database) {
        this(WebStore.over(database), new PasswordHash());
    }

    AccountLedger(Jdbi jdbi, PasswordHash hashes) {
        this.jdbi = jdbi;
        this.hashes = hashes;
    }

    /** How a change went. */
    public sealed interface Outcome {
        /** The problems in English, for a command line. */
        default List<String> said() {
            return switch (this) {
                case Done ignored -> List.of();
                case Wrong(Map<String, Word> problems) ->
                    problems.entrySet().stream()
                            .map(entry -> entry.getKey() + ": "
                                    + entry.getValue().label().en())
                            .toList();
            };
        }

        /** @param oneTimePassword shown once; empty when none was made */
        record Done(Optional<String> oneTimePassword) implements Outcome {
            /** Without the password, which is nobody's to read in a log. */
            @Override
            public String toString() {
                return "Done";
            }
        }

        /** Nothing was changed; the problems by field. */
        record Wrong(Map<String, Word> problems) implements Outcome {
            public Wrong {
                problems = Collections.unmodifiableMap(new LinkedHashMap<>(problems));
            }
        }
    }

    /** Makes the first administrator, when there is no account at all, and answers the one-time password. */
    public Optional<String> addFirst(Actor actor) {
        if (jdbi.withHandle(handle -> handle.createQuery("SELECT EXISTS (SELECT FROM account)")
                .mapTo(Boolean.class)
                .one())) {
            return Optional.empty();
        }
        AccountDraft draft = new AccountDraft(FIRST, "Administrator", Role.ADMINISTRATOR.word(), "", "");
        // Somebody else who starts at the same moment may have been first.
        return add(draft, Optional.empty(), actor) instanceof Outcome.Done(Optional<String> password)
                ? password
                : Optional.empty();
    }

    /**
     * @param password one that the person has chosen; else a one-time password is made
     */
    public Outcome add(AccountDraft draft, Optional<String> password, Actor actor) {
        Map<String, Word> problems = new LinkedHashMap<>(draft.problems());
        password.flatMap(chosen -> Passwords.problem(chosen, draft.name()))
                .ifPresent(problem -> problems.put("password", problem));
        if (!problems.isEmpty()) {
            return new Outcome.Wrong(problems);
        }
        String secret = password.orElseGet(Secret::oneTimePassword);
        String hash = hashes.of(secret);
        return changing(handle -> {
            OptionalInt organisation = organisation(handle, draft, problems);
            if (!problems.isEmpty()) {
                return new Outcome.Wrong(problems);
            }
            int added = handle.createUpdate("""
                            INSERT INTO account (name, display_name, role, organisation_id, division_code, password_hash, one_time_until)
                            VALUES (:name, :display, :role, :organisation, nullif(:division, ''), :hash,
                                    CASE WHEN :one_time THEN clock_timestamp() + make_interval(secs => :seconds) END)
                            ON CONFLICT (name) DO NOTHING
                            """)
                    .bind("name", draft.name())
                    .bind("display", draft.displayName())
                    .bind("role", draft.knownRole().orElseThrow().name())
                    .bind("organisation", boxed(organisation))
                    .bind("division", draft.division())
                    .bind("hash", hash)
                    .bind("one_time", password.isEmpty())
                    .bind("seconds", (double) ONE_TIME.toSeconds())
                    .execute();
            if (added == 0) {
                return new Outcome.Wrong(Map.of(AccountDraft.NAME, Word.WRONG_ACCOUNT_TAKEN));
            }
            audit(handle, actor, "account.add", draft.name(), organisation, Map.of(), rights(draft));
            return new Outcome.Done(password.isEmpty() ? Optional.of(secret) : Optional.empty());
        });
    }

    /** Changes name and rights; other rights end the account's sessions. The draft's account name says which one. */
    public Outcome change(AccountDraft draft, Actor actor) {
        Map<String, Word> problems = new LinkedHashMap<>(draft.problems());
        if (!problems.isEmpty()) {
            return new Outcome.Wrong(problems);
        }
        return changing(handle -> {
            Account before = locked(handle, draft.name());
            OptionalInt organisation = organisation(handle, draft, problems);
            AccountDraft old = AccountDraft.of(before);
            boolean lastOne = before.role() == Role.ADMINISTRATOR
                    && !draft.role().equals(before.role().word())
                    && isLastAdministrator(handle, before);
            if (lastOne) {
                problems.put(AccountDraft.ROLE, Word.WRONG_LAST_ADMINISTRATOR);
            }
            if (!problems.isEmpty()) {
                return new Outcome.Wrong(problems);
            }
            if (draft.equals(old)) {
                return new Outcome.Done(Optional.empty());
            }
            boolean otherRights = !draft.role().equals(old.role())
                    || !draft.organisation().equals(old.organisation())
                    || !draft.division().equals(old.division());
            handle.createUpdate("""
                            UPDATE account SET display_name = :display, role = :role, organisation_id = :organisation,
                                division_code = nullif(:division, ''),
                                rights_revision = rights_revision + CASE WHEN :other THEN 1 ELSE 0 END
                            WHERE account_id = :id
                            """)
                    .bind("display", draft.displayName())
                    .bind("role", draft.knownRole().orElseThrow().name())
                    .bind("organisation", boxed(organisation))
                    .bind("division", draft.division())
                    .bind("other", otherRights)
                    .bind("id", before.id())
                    .execute();
            audit(handle, actor, "account.change", draft.name(), organisation, rights(old), rights(draft));
            return new Outcome.Done(Optional.empty());
        });
    }

    /** Ends what the account may do, open sessions and tokens included. */
    public Outcome disable(String name, Actor actor) {
        return changing(handle -> {
            Account before = locked(handle, name);
            if (before.isDisabled()) {
                return new Outcome.Done(Optional.empty());
            }
            if (before.role() == Role.ADMINISTRATOR && isLastAdministrator(handle, before)) {
                return new Outcome.Wrong(Map.of(AccountDraft.ROLE, Word.WRONG_LAST_ADMINISTRATOR));
            }
            handle.createUpdate("""
                            UPDATE account SET disabled_at = clock_timestamp(), rights_revision = rights_revision + 1
                            WHERE account_id = :id
                            """).bind("id", before.id()).execute();
            audit(
                    handle,
                    actor,
                    "account.disable",
                    name,
                    id(before),
                    Map.of("disabled", false),
                    Map.of("disabled", true));
            return new Outcome.Done(Optional.empty());
        });
    }

    public Outcome enable(String name, Actor actor) {
        return changing(handle -> {
            Account before = locked(handle, name);
            if (before.isDisabled()) {
                handle.createUpdate("UPDATE account SET disabled_at = NULL WHERE account_id = :id")
                        .bind("id", before.id())
                        .execute();
                audit(
                        handle,
                        actor,
                        "account.enable",
                        name,
                        id(before),
                        Map.of("disabled", true),
                        Map.of("disabled", false));
            }
            return new Outcome.Done(Optional.empty());
        });
    }

    /** Gives the account a one-time password in place of its own and ends its sessions. */
    public Outcome reset(String name, Actor actor) {
        String secret = Secret.oneTimePassword();
        String hash = hashes.of(secret);
        return changing(handle -> {
            Account before = locked(handle, name);
            handle.createUpdate("""
                            UPDATE account SET password_hash = :hash, rights_revision = rights_revision + 1,
                                one_time_until = clock_timestamp() + make_interval(secs => :seconds)
                            WHERE account_id = :id
                            """)
                    .bind("hash", hash)
                    .bind("seconds", (double) ONE_TIME.toSeconds())
                    .bind("id", before.id())
                    .execute();
            audit(handle, actor, "account.reset", name, id(before), Map.of(), Map.of("password", "one-time"));
            return new Outcome.Done(Optional.of(secret));
        });
    }

    /** The person gives itself a new password; its sessions end, and the caller opens a new one. */
    Outcome changePassword(String name, String current, String fresh, Actor actor) {
        String stored =
                jdbi.withHandle(handle -> handle.createQuery("SELECT password_hash FROM account WHERE name = :name")
                        .bind("name", name)
                        .mapTo(String.class)
                        .one());
        if (!hashes.matches(current, stored)) {
            return new Outcome.Wrong(Map.of("current", Word.WRONG_PASSWORD));
        }
        Optional<Word> problem = Passwords.problem(fresh, name);
        if (problem.isPresent()) {
            return new Outcome.Wrong(Map.of("fresh", problem.get()));
        }
        if (fresh.equals(current)) {
            return new Outcome.Wrong(Map.of("fresh", Word.WRONG_PASSWORD_SAME));
        }
        String hash = hashes.of(fresh);
        return changing(handle -> {
            Account before = locked(handle, name);
            handle.createUpdate("""
                            UPDATE account SET password_hash = :hash, one_time_until = NULL, rights_revision = rights_revision + 1
                            WHERE account_id = :id
                            """).bind("hash", hash).bind("id", before.id()).execute();
            audit(handle, actor, "account.password", name, id(before), Map.of(), Map.of("password", "own"));
            return new Outcome.Done(Optional.empty());
        });
    }

    /** All of them, by name. */
    public List<Account> list() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT " + Account.COLUMNS_AND_USE + Account.FROM_AND_USE + "ORDER BY a.name")
                .map(Account.MAPPER)
                .list());
    }

    /** With its last use. */
    public Optional<Account> find(String name) {
        return AccountDraft.isName(name)
                ? find("SELECT " + Account.COLUMNS_AND_USE + Account.FROM_AND_USE + "WHERE a.name = :name", name)
                : Optional.empty();
    }

    private Optional<Account> find(String select, String name) {
        return jdbi.withHandle(handle -> handle.createQuery(select)
                .bind("name", name)
                .map(Account.MAPPER)
                .findOne());
    }

    /**
     * The account whose password this is. It costs the same time whether or not there is such an account, and nobody learns which of
     * the two was wrong.
     */
    Optional<Account> authenticate(String name, String password) {
        record Stored(String hash, boolean usable) {}
        if (!AccountDraft.isName(name)) {
            hashes.matchesNothing(password);
            return Optional.empty();
        }
        Optional<Stored> stored = jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT password_hash, disabled_at IS NULL AND (one_time_until IS NULL OR one_time_until > clock_timestamp()) AS usable
                        FROM account WHERE name = :name
                        """)
                .bind("name", name)
                .map((row, context) -> new Stored(row.getString(1), row.getBoolean(2)))
                .findOne());
        if (stored.isEmpty()) {
            hashes.matchesNothing(password);
            return Optional.empty();
        }
        boolean matches = hashes.matches(password, stored.get().hash());
        return matches && stored.get().usable()
                ? find("SELECT " + Account.COLUMNS + Account.FROM + "WHERE a.name = :name", name)
                : Optional.empty();
    }

    /** Logging in is no change, but who was here at what time belongs to the trail. */
    void noteLogin(Account account, Actor actor) {
        changing(handle -> {
            audit(handle, actor, "account.login", account.name(), id(account), Map.of(), Map.of());
            return new Outcome.Done(Optional.empty());
        });
    }

    private Outcome changing(Change change) {
        try {
            return jdbi.inTransaction(change::in);
        } catch (SQLException e) {
            throw new AccountException("cannot change the account: " + e.getMessage(), e);
        }
    }

    private interface Change {
        Outcome in(Handle handle) throws SQLException;
    }

    private static Account locked(Handle handle, String name) {
        int id = handle.createQuery("SELECT account_id FROM account WHERE name = :name FOR UPDATE")
                .bind("name", name)
                .mapTo(Integer.class)
                .findOne()
                .orElseThrow(
                        () -> new AccountException("there is no account '" + name + "'; bin/tean user list shows all"));
        return handle.createQuery("SELECT " + Account.COLUMNS + Account.FROM + "WHERE a.account_id = :id")
                .bind("id", id)
                .map(Account.MAPPER)
                .one();
    }

    /** Whether it is an administrator who can log in, and there is no other one. */
    boolean isLastAdministrator(Account account) {
        return account.role() == Role.ADMINISTRATOR
                && !account.isDisabled()
                && jdbi.inTransaction(handle -> isLastAdministrator(handle, account));
    }

    /** Without one there would be nobody left who can make another. */
    private static boolean isLastAdministrator(Handle handle, Account account) {
        // Two administrators who disable each other at the same moment wait for one another here.
        handle.execute("SELECT pg_advisory_xact_lock(hashtext('tean administrators'))");
        return handle.createQuery("""
                        SELECT NOT EXISTS (SELECT FROM account
                                           WHERE role = 'ADMINISTRATOR' AND disabled_at IS NULL AND account_id <> :id
                                             AND (one_time_until IS NULL OR one_time_until > clock_timestamp()))
                        """)
                .bind("id", account.id())
                .mapTo(Boolean.class)
                .one();
    }

    private static OptionalInt organisation(Handle handle, AccountDraft draft, Map<String, Word> problems) {
        if (draft.organisation().isEmpty()) {
            return OptionalInt.empty();
        }
        record Found(int id, String kind) {}
        Optional<Found> found = handle.createQuery(
                        "SELECT organisation_id, kind FROM organisation WHERE credit_code = :code")
                .bind("code", draft.organisation())
                .map((row, context) -> new Found(row.getInt(1), row.getString(2)))
                .findOne();
        if (found.isEmpty()) {
            problems.put(AccountDraft.ORGANISATION, Word.WRONG_ORGANISATION_UNKNOWN);
            return OptionalInt.empty();
        }
        if (!draft.organisationKinds().contains(found.get().kind())) {
            problems.put(AccountDraft.ORGANISATION, Word.WRONG_ORGANISATION_KIND);
        }
        return OptionalInt.of(found.get().id());
    }

    private static void audit(
            Handle handle,
            Actor actor,
            String action,
            String name,
            OptionalInt organisation,
            Map<String, ?> before,
            Map<String, ?> after)
            throws SQLException {
        AuditTrail.write(
                handle.getConnection(),
                AuditEntry.of(actor, action, "account", name, before, after).withOrganisation(organisation));
    }

    private static Map<String, String> rights(AccountDraft draft) {
        Map<String, String> rights = new LinkedHashMap<>();
        rights.put("display-name", draft.displayName());
        rights.put("role", draft.role());
        if (!draft.organisation().isEmpty()) {
            rights.put("organisation", draft.organisation());
        }
        if (!draft.division().isEmpty()) {
            rights.put("division", draft.division());
        }
        return rights;
    }

    private static OptionalInt id(Account account) {
        return account.organisation()
                .map(organisation -> OptionalInt.of(organisation.id()))
                .orElse(OptionalInt.empty());
    }

    private static @Nullable Integer boxed(OptionalInt value) {
        return value.isPresent() ? Integer.valueOf(value.getAsInt()) : null;
    }
}

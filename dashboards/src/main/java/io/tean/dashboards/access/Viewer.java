package io.tean.dashboards.access;

import io.tean.core.audit.Actor;
import java.util.Set;

/** The account that a request acts for. */
public record Viewer(int accountId, String account, String displayName, Role role, Scope scope, Credential credential) {

    /** By what the account was recognised. */
    public sealed interface Credential {
        /**
         * A browser's session.
         *
         * @param key names the session inside this process and opens nothing
         * @param passwordDue whether the password is one that somebody else has seen: a new one comes before everything else
         */
        record Session(String key, boolean passwordDue) implements Credential {}

        /** A program's token. */
        record Token(int id, String name, Set<TokenScope> scopes) implements Credential {
            public Token {
                scopes = Set.copyOf(scopes);
            }
        }
    }

    public boolean passwordDue() {
        return credential instanceof Credential.Session(String ignored, boolean due) && due;
    }

    /** As the audit trail names this viewer. */
    public Actor actor(String source) {
        return switch (credential) {
            case Credential.Session ignored -> Actor.account(account, source);
            case Credential.Token token -> Actor.token(account + "/" + token.name(), source);
        };
    }
}

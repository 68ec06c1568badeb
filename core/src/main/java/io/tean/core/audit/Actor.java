package io.tean.core.audit;

import java.util.Locale;
import java.util.Optional;

/**
 * Who makes a change.
 *
 * @param name of the account, of the account and its API token, of the user at the command line, or of the part of the service
 * @param source the address that the change comes from; empty for the service itself
 */
public record Actor(Kind kind, String name, Optional<String> source) {
    /** What sort of actor it is; the lower-case name stands in the table. */
    public enum Kind {
        ACCOUNT,
        TOKEN,
        COMMAND,
        SYSTEM,
        /** A unit that was sent a signed link. */
        LINK;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static Actor account(String name, String source) {
        return new Actor(Kind.ACCOUNT, name, Optional.of(source));
    }

    public static Actor token(String name, String source) {
        return new Actor(Kind.TOKEN, name, Optional.of(source));
    }

    /** The user who runs bin/tean on the service's machine. */
    public static Actor command() {
        return new Actor(Kind.COMMAND, System.getProperty("user.name", "unknown"), Optional.empty());
    }

    /** A unit that answers by the link that it was sent. */
    public static Actor link(String unit, String source) {
        return new Actor(Kind.LINK, unit, Optional.of(source));
    }

    /** A part of the service, such as {@code alerting}. */
    public static Actor system(String part) {
        return new Actor(Kind.SYSTEM, part, Optional.empty());
    }
}

package io.tean.dashboards.route;

import io.tean.dashboards.access.Role;
import io.tean.dashboards.access.Viewer;
import java.util.EnumSet;
import java.util.Set;

/** The role rule of a route. */
public sealed interface Who {
    /** People without an account too. */
    record Anyone() implements Who {}

    /** Every account. */
    record SignedIn() implements Who {}

    /** Accounts of these roles. */
    record Roles(Set<Role> roles) implements Who {
        public Roles {
            roles = Set.copyOf(roles);
        }
    }

    /** Programs on this machine that come straight to the door, and tokens with the route's scope. */
    record Neighbours() implements Who {}

    /** Whoever has the signed link that a unit was sent: it stands in the address, and only who was sent it knows it. */
    record LinkHolder() implements Who {}

    static Who anyone() {
        return new Anyone();
    }

    static Who signedIn() {
        return new SignedIn();
    }

    static Who linkHolder() {
        return new LinkHolder();
    }

    static Who neighbours() {
        return new Neighbours();
    }

    static Who only(Role first, Role... others) {
        return new Roles(EnumSet.of(first, others));
    }

    /** Everyone in the bureau: who looks at the city as a whole. */
    static Who bureau() {
        return only(Role.DISPATCHER, Role.INSPECTOR, Role.ADMINISTRATOR, Role.READ_ONLY);
    }

    /** The bureau, and the maintenance firms that it looks at. */
    static Who bureauAndFirms() {
        return only(Role.DISPATCHER, Role.INSPECTOR, Role.FIRM, Role.ADMINISTRATOR, Role.READ_ONLY);
    }

    /** The bureau, and the filling stations that it looks at. */
    static Who bureauAndStations() {
        return only(Role.DISPATCHER, Role.INSPECTOR, Role.STATION, Role.ADMINISTRATOR, Role.READ_ONLY);
    }

    /** Whether an account may come in by its role. */
    default boolean admits(Viewer viewer) {
        return switch (this) {
            case Anyone ignored -> true;
            case SignedIn ignored -> true;
            case LinkHolder ignored -> true;
            case Roles(Set<Role> roles) -> roles.contains(viewer.role());
            case Neighbours ignored -> viewer.credential() instanceof Viewer.Credential.Token;
        };
    }
}

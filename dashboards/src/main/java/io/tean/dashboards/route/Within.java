package io.tean.dashboards.route;

/** The scope rule of a route: whose rows it shows or changes. */
public enum Within {
    /** It holds nothing of any organisation. */
    NOTHING_OF_ANYONE,
    /** The viewer's own account, sessions and tokens. */
    OWN_ACCOUNT,
    /** The city as a whole: an account of an organisation does not find it. */
    BUREAU,
    /** The city as a whole and no part of it: an account of a division does not find it either. */
    CITY,
    /** Alerts and silences within the viewer's scope. */
    ALERTS,
    /** Rescue cases within the viewer's scope. */
    CASES,
    /** The one call that the signed link was sent for. */
    LINKED_CALL,
    /** What everybody may know of a machine or a certificate; more for a viewer in whose scope it lies. */
    PUBLIC_LOOKUP,
    /** Devices within the viewer's scope. */
    DEVICES,
    /** Dead letters within the viewer's scope. */
    DEAD_LETTERS,
    /** Equipment within the viewer's scope, with what is linked to it. */
    EQUIPMENT,
    /** Organisations within the viewer's scope. */
    ORGANISATIONS,
    /** Operators of organisations within the viewer's scope. */
    OPERATORS,
    /** Cylinders of filling stations within the viewer's scope. */
    CYLINDERS,
    /** Fills at filling machines within the viewer's scope. */
    FILLS,
    /** What is taken into the register of the whole city: an account of a part of it does not find them. */
    IMPORTS,
    /** Machines and their submissions for inspection within the viewer's scope. */
    INSPECTION,
    /** Rescue cases within the viewer's scope, as figures. */
    FIGURES,
    /** How maintenance firms score: all of them to the bureau, a firm its own. */
    SCORES,
    /** Maintenance duties, visits and suspensions within the viewer's scope. */
    MAINTENANCE,
    /** All accounts; only administrators come here, and they have the whole city. */
    ACCOUNTS,
    /** Audit entries within the viewer's scope. */
    AUDIT,
    /** Notices and recipients within the viewer's division: an account of an organisation does not find them. */
    NOTICES
}

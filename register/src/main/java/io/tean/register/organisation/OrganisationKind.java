package io.tean.register.organisation;

/** What an organisation is to the bureau; the name stands in files and in the table. */
public enum OrganisationKind {
    USE_UNIT,
    MAINTENANCE_FIRM,
    FILLING_STATION,
    INSPECTION_BODY,
    RESCUE_STATION
}

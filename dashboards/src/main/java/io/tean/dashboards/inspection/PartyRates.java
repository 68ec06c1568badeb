package io.tean.dashboards.inspection;

/** An organisation with both rates of its machines. */
public record PartyRates(String creditCode, String name, Fraction submitted, Fraction periodic) {}

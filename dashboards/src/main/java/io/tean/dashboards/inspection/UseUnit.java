package io.tean.dashboards.inspection;

/** A use unit with both rates of its machines. */
public record UseUnit(String creditCode, String name, Fraction submitted, Fraction periodic) {}

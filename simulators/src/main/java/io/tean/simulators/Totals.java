package io.tean.simulators;

/**
 * What a run has done.
 *
 * @param devices device logins
 * @param sent messages handed to the network; one sent again counts again
 * @param acknowledged messages that the server took
 * @param refused messages that the server answered with a reason code from 0x80 on
 * @param buffered messages that were not settled when the run ended
 */
public record Totals(int devices, long sent, long acknowledged, long refused, long buffered) {}

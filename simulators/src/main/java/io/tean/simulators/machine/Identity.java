package io.tean.simulators.machine;

/**
 * What a machine's plate and the register say.
 *
 * @param division the six digits of GB/T 2260
 * @param rescueCode six digits in the car, empty for machines that have none
 */
public record Identity(String code, String name, String division, String address, String rescueCode) {}

package io.tean.app.load;

/** A device's credentials and the code of the equipment that it publishes for. */
public record Login(String device, String token, String equipment) {}

/**
 * The way to the server: the terminal on site, the buffer of a device login, and the MQTT connection behind one class. Only
 * {@code PahoConnection} knows Paho.
 */
@NullMarked
package io.tean.simulators.link;

import org.jspecify.annotations.NullMarked;

/**
 * The field devices that we do not have. {@link io.tean.simulators.Simulators} is the entry; machines reach the service by MQTT
 * only, like real devices.
 */
@NullMarked
package io.tean.simulators;

import org.jspecify.annotations.NullMarked;

/** The shared words of alerts, and the ports through which people decide on them. */
@NullMarked
package io.tean.core.alert;

import org.jspecify.annotations.NullMarked;

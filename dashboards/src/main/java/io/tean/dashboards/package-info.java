/** The web side of the house: what app opens and closes, and the door that all requests come through. */
@NullMarked
package io.tean.dashboards;

import org.jspecify.annotations.NullMarked;

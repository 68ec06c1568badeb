/** What machines ask of the service: whether it lives, whether it is ready, its metrics. */
@NullMarked
package io.tean.dashboards.probe;

import org.jspecify.annotations.NullMarked;

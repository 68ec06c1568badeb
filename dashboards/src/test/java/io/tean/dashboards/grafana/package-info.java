/** Holds the files of {@code dashboards/grafana} and {@code compose.yaml} to what the database, the meters and the settings really have. */
@NullMarked
package io.tean.dashboards.grafana;

import org.jspecify.annotations.NullMarked;

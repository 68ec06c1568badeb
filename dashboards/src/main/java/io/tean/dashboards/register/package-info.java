/**
 * The register on pages, as files and in the API: equipment, organisations, operators and cylinders. What a list or an entry shows is
 * declared once as columns; pages, CSV, XLSX and JSON are derived. Changes go through the port in {@code core.equipment}.
 */
@NullMarked
package io.tean.dashboards.register;

import org.jspecify.annotations.NullMarked;

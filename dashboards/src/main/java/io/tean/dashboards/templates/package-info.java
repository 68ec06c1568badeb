/** The pages as JTE generates them from src/main/jte; nothing here is written by hand. */
@NullMarked
package io.tean.dashboards.templates;

import org.jspecify.annotations.NullMarked;

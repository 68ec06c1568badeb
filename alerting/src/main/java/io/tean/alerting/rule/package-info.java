/** The catalogue of alert rules: read from files, type-checked, and asked of values that may be unknown. Knows no database. */
@NullMarked
package io.tean.alerting.rule;

import org.jspecify.annotations.NullMarked;

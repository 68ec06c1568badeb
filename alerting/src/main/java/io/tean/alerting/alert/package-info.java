/** The alerts in the database: opened, found again, recovered and decided on, each with its audit entry and its notice. */
@NullMarked
package io.tean.alerting.alert;

import org.jspecify.annotations.NullMarked;

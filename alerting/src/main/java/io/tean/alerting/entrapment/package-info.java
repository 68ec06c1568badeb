/** People are trapped in a car: the first rule, judged in the transaction that stores the event. Owns alert and alert_finding. */
@NullMarked
package io.tean.alerting.entrapment;

import org.jspecify.annotations.NullMarked;

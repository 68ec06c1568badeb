/** Reading to alert. Writes alerts; knows no sibling. */
@NullMarked
package io.tean.alerting;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.tean.alerting.judge;

import org.jspecify.annotations.NullMarked;

/**
 * What alerting does again and again, each job in one service at a time and taken over when that one dies; and how each service says that it is
 * there.
 */
@NullMarked
package io.tean.alerting.job;

import org.jspecify.annotations.NullMarked;

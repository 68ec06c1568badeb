/**
 * Who changed what: entries that every module writes in the transaction of its change, and the chain of seals over them. An entry is
 * never changed and never taken away.
 */
@NullMarked
package io.tean.core.audit;

import org.jspecify.annotations.NullMarked;

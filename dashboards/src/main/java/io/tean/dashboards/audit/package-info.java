/** The audit trail for those who may read it: list, entry and export, as pages and in the API. Reads what core.audit wrote and changes nothing. */
@NullMarked
package io.tean.dashboards.audit;

import org.jspecify.annotations.NullMarked;

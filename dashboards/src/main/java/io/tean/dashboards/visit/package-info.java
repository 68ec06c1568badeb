/**
 * The ledger of maintenance visits (维保记录): every record with what its evidence says, what was decided, and what superseded it; and the
 * forms with which firms, use units and the bureau add to it through {@code core.maintenance}.
 */
@NullMarked
package io.tean.dashboards.visit;

import org.jspecify.annotations.NullMarked;

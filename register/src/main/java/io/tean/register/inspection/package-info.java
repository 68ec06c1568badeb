/**
 * The inspection ledger (应检尽检, 报检设备检验率): submissions with their steps, reports, and the months that were reported. Called by the pages
 * through core's port and by imports.
 */
@org.jspecify.annotations.NullMarked
package io.tean.register.inspection;

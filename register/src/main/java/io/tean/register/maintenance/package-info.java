/**
 * The maintenance ledger (电梯维保动态管理): visits as recorded, what their evidence says, and what people decided. Nothing in it is changed; who
 * corrects a record supersedes it. Called by the lanes (as a step), by imports, and by the pages through core's port.
 */
@org.jspecify.annotations.NullMarked
package io.tean.register.maintenance;

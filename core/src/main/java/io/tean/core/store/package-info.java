/**
 * The database: pools, migrations, roles, stream tables, what server it is. Called by app and by tests; every other
 * package gets a DataSource from here.
 */
@NullMarked
package io.tean.core.store;

import org.jspecify.annotations.NullMarked;

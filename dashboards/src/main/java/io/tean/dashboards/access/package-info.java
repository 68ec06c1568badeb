/** Who acts and what they may see: roles, scopes, and the SQL conditions that hold a list to a scope. Used by every page family. */
@NullMarked
package io.tean.dashboards.access;

import org.jspecify.annotations.NullMarked;

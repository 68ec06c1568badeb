/**
 * What a crew sees on its telephone behind the signed link of a call: where to go, and the steps that are next. Without an account; the link
 * is the secret.
 */
@NullMarked
package io.tean.dashboards.rescuer;

import org.jspecify.annotations.NullMarked;

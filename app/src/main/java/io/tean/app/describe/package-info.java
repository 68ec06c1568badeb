/** The reference pages in docs/, generated from the declarations. */
@NullMarked
package io.tean.app.describe;

import org.jspecify.annotations.NullMarked;

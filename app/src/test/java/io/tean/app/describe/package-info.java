/** Are the generated pages current? */
@NullMarked
package io.tean.app.describe;

import org.jspecify.annotations.NullMarked;

/** Tests of the whole house. */
@NullMarked
package io.tean.app;

import org.jspecify.annotations.NullMarked;

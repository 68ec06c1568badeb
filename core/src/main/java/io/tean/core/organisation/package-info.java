/**
 * The identity of an organisation: its unified social credit code.
 */
@NullMarked
package io.tean.core.organisation;

import org.jspecify.annotations.NullMarked;

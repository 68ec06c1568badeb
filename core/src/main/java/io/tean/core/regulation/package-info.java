/** The word for regulations, and the port through which pages read the book that register keeps. */
@NullMarked
package io.tean.core.regulation;

import org.jspecify.annotations.NullMarked;

/** The words of notices, and the port through which people decide who is told and how. */
@NullMarked
package io.tean.core.notice;

import org.jspecify.annotations.NullMarked;

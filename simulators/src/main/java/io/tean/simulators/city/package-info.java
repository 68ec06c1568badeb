/**
 * A whole city for the register: files to import with machines, people, contracts, cylinders and two years of maintenance and inspection, and the
 * truth about the gaps that were planted in it. The gaps are planted, never computed by the code that has to find them.
 */
@NullMarked
package io.tean.simulators.city;

import org.jspecify.annotations.NullMarked;

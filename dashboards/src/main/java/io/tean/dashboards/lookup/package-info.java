/**
 * Phone look-up (掌上查): what everybody may know of a machine by the code on its label, and of an operator's certificate by its number; what
 * else there is for those in whose scope it lies; and the labels themselves. A stranger's answers hold no name and no telephone number of a
 * person, and are braked by where he asks from.
 */
@NullMarked
package io.tean.dashboards.lookup;

import org.jspecify.annotations.NullMarked;

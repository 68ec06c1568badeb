/** Use units, maintenance firms, stations and bodies as registered: imported from files, listed. Owns the table organisation. */
@NullMarked
package io.tean.register.organisation;

import org.jspecify.annotations.NullMarked;

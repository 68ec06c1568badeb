/**
 * What stands around Tean when it is loaded: terminals that publish like real ones, browsers, a recorder that is no part of the service,
 * the database server and the service as processes. Used by bench and faults.
 */
@NullMarked
package io.tean.app.load;

import org.jspecify.annotations.NullMarked;

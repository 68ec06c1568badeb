/** How the parts of the service say whether they are well; asked by the probes and the status page. */
@NullMarked
package io.tean.core.health;

import org.jspecify.annotations.NullMarked;

/** The API's contract, which programs read and tests hold every answer to, and the answer about the service as a whole. */
@NullMarked
package io.tean.dashboards.api;

import org.jspecify.annotations.NullMarked;

/** A made-up city, from its files to its gaps. */
@org.jspecify.annotations.NullMarked
package io.tean.app.city;

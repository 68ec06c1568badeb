/** What people at the pages ask of the register: files to be taken in, an entry to be changed, the duties of one machine. Behind core's ports. */
@org.jspecify.annotations.NullMarked
package io.tean.register.desk;

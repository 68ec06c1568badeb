/**
 * What a file of each kind holds: headings in English and Chinese, what a cell may be, and how CSV and XLSX are read and written, a row at a
 * time. Called by the intake; knows no table.
 */
@NullMarked
package io.tean.register.sheet;

import org.jspecify.annotations.NullMarked;

/**
 * Rows that bank, books and register have in common, and how they are read and written. Knows
 * neither of the three.
 */
@NullMarked
package io.tollgate.metering.internal.database.tables;

import org.jspecify.annotations.NullMarked;

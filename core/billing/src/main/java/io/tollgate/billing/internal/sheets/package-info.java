/** Prices in the database: sheets, multipliers, and the table in memory that is made of them. */
@NullMarked
package io.tollgate.billing.internal.sheets;

import org.jspecify.annotations.NullMarked;

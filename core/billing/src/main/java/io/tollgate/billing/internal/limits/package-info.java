/** Spend limits, their windows, and what is put into them. */
@NullMarked
package io.tollgate.billing.internal.limits;

import org.jspecify.annotations.NullMarked;

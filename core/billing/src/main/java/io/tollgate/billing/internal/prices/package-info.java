/** Reads price lists and computes what a request costs. */
@NullMarked
package io.tollgate.billing.internal.prices;

import org.jspecify.annotations.NullMarked;

/** Checks, deducts and refunds of services, written together. */
@NullMarked
package io.tollgate.billing.internal.charges;

import org.jspecify.annotations.NullMarked;

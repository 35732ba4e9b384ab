/** Prices, free quotas and grants. */
@NullMarked
package io.tollgate.billing;

import org.jspecify.annotations.NullMarked;

/** Shares of profits. */
@NullMarked
package io.tollgate.rewards.internal.profit;

import org.jspecify.annotations.NullMarked;

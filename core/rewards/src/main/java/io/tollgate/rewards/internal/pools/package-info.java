/** Profit pools, their parts and reward balances. */
@NullMarked
package io.tollgate.rewards.internal.pools;

import org.jspecify.annotations.NullMarked;

/** Point cards, profit share, pools and rewards, levels, withdrawals. */
@NullMarked
package io.tollgate.rewards;

import org.jspecify.annotations.NullMarked;

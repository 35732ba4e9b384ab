@NullMarked
package io.tollgate.rewards.internal.withdrawals;

import org.jspecify.annotations.NullMarked;

/** What a strategy would have made of closed bars, trade by trade. Pure code; money is exact. */
@NullMarked
package io.tollgate.trading.engine.backtest;

import org.jspecify.annotations.NullMarked;

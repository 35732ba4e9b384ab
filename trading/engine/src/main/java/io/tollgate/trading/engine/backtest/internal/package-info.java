/** One run of a backtest, bar after bar. */
@NullMarked
package io.tollgate.trading.engine.backtest.internal;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.tollgate.trading.engine.backtest;

import org.jspecify.annotations.NullMarked;

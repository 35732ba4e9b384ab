/** P10: how many bars a second a backtest takes, beside others. */
@NullMarked
package io.tollgate.bench.backtest;

import org.jspecify.annotations.NullMarked;

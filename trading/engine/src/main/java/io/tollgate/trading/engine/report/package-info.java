/** A backtest's result as a page that stands alone. */
@NullMarked
package io.tollgate.trading.engine.report;

import org.jspecify.annotations.NullMarked;

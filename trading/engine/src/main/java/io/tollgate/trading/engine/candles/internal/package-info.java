/** Rows of candles, and what makes one a sound bar. */
@NullMarked
package io.tollgate.trading.engine.candles.internal;

import org.jspecify.annotations.NullMarked;

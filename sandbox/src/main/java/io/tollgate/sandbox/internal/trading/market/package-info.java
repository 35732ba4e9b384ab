/** What the market is worth and when: prices, candles, instruments and the market's own clock. */
@NullMarked
package io.tollgate.sandbox.internal.trading.market;

import org.jspecify.annotations.NullMarked;

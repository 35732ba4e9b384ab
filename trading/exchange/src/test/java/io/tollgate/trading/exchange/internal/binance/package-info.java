@NullMarked
package io.tollgate.trading.exchange.internal.binance;

import org.jspecify.annotations.NullMarked;

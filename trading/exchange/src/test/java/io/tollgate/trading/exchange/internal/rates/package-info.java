@NullMarked
package io.tollgate.trading.exchange.internal.rates;

import org.jspecify.annotations.NullMarked;

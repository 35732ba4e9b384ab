/** What an address and a key may still ask within the limits of exchanges. */
@NullMarked
package io.tollgate.trading.exchange.internal.rates;

import org.jspecify.annotations.NullMarked;

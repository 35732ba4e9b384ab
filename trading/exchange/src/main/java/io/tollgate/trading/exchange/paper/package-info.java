/**
 * Trading that is only written down: orders fill at a market's prices, with stated fees, and no
 * exchange hears of them.
 */
@NullMarked
package io.tollgate.trading.exchange.paper;

import org.jspecify.annotations.NullMarked;

/**
 * How an order is placed exactly once, whatever happens to answers, connections and processes: pure
 * decisions in {@link io.tollgate.trading.exchange.placing.Placement}, carried out by {@link
 * io.tollgate.trading.exchange.placing.OrderPlacement}.
 */
@NullMarked
package io.tollgate.trading.exchange.placing;

import org.jspecify.annotations.NullMarked;

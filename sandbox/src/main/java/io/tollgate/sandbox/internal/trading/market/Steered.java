package io.tollgate.sandbox.internal.trading.market;

import java.util.Optional;

/**
 * A price that was given by hand, or given back to the process.
 *
 * @param from market time from which it holds, milliseconds
 * @param path the price; empty: the process again
 * @param spreadTicks how much further the ask is away
 */
record Steered(long from, Optional<PricePath> path, int spreadTicks) {}

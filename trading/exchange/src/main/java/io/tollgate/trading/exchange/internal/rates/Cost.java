package io.tollgate.trading.exchange.internal.rates;

import java.time.Duration;

/**
 * What a call takes from a budget.
 *
 * @param scope whose budget, e.g. an address's weight or a key's orders in 10 s
 * @param amount 1 at least
 * @param limit of the budget in a window, as far as nobody told another
 * @param window which begins at whole multiples of its length
 */
public record Cost(String scope, int amount, long limit, Duration window) {}

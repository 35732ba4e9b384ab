package io.tollgate.trading.exchange;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * What an account paid or got for holding a contract, once.
 *
 * @param id the exchange's, unique in the account and market
 * @param amount negative when it was paid
 */
public record FundingPayment(
    String id, Symbol symbol, BigDecimal amount, String currency, Instant at) {}

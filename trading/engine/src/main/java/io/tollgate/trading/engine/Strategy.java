package io.tollgate.trading.engine;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** A strategy as the operator offers it to tenants. */
public record Strategy(long id, Terms terms, boolean active, Instant createdAt) {
  public Strategy {
    requireNonNull(terms, "terms is null");
    requireNonNull(createdAt, "createdAt is null");
  }

  /**
   * What a strategy is.
   *
   * @param code by which it is known, unique
   * @param symbol that it trades, e.g. {@code BTCUSDT}
   * @param timeframe of its candles, e.g. {@code 15m}
   * @param exchange the only one on which it is followed; empty: any
   * @param minCapital in USDT, recommended
   * @param capital in USDT, where whoever follows it sets none
   */
  public record Terms(
      String code,
      String name,
      String description,
      String symbol,
      String timeframe,
      Optional<Exchange> exchange,
      BigDecimal minCapital,
      BigDecimal capital,
      int leverage,
      RiskMode riskMode) {
    public Terms {
      requireNonNull(code, "code is null");
      requireNonNull(name, "name is null");
      requireNonNull(description, "description is null");
      requireNonNull(symbol, "symbol is null");
      requireNonNull(timeframe, "timeframe is null");
      requireNonNull(exchange, "exchange is null");
      requireNonNull(minCapital, "minCapital is null");
      requireNonNull(capital, "capital is null");
      requireNonNull(riskMode, "riskMode is null");
    }
  }
}

package io.tollgate.trading.engine.candles.internal;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.trading.engine.candles.SeriesName;
import io.tollgate.trading.exchange.Candle;
import io.tollgate.trading.exchange.MarketData;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Rejection;
import io.tollgate.trading.strategies.Bar;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Closed candles of an exchange, page by page. */
public final class MarketCandles {
  /** Candles of a page, at most. */
  public static final int PAGE = 300;

  private static final Duration SOON = Duration.ofSeconds(5);

  private final MarketData market;
  private final SeriesName name;

  public MarketCandles(MarketData market, SeriesName name) {
    this.market = market;
    this.name = name;
  }

  /**
   * A page.
   *
   * @param from the first opens then or later, in milliseconds since 1970
   * @param to none opens then or later
   * @param limit 1 to {@link #PAGE}
   */
  public Outcome<List<Bar>> page(long from, long to, int limit) {
    return market
        .candles(name.symbol(), name.timeframe(), Instant.ofEpochMilli(from), limit)
        .map(
            candles ->
                candles.stream()
                    .filter(Candle::closed)
                    .map(MarketCandles::bar)
                    .filter(bar -> bar.openTime() >= from && bar.openTime() < to)
                    .toList());
  }

  private static Bar bar(Candle candle) {
    return new Bar(
        candle.openedAt().toEpochMilli(),
        candle.open().doubleValue(),
        candle.high().doubleValue(),
        candle.low().doubleValue(),
        candle.close().doubleValue(),
        candle.volume().doubleValue());
  }

  /** What an outcome without a page is to whoever asked for candles. */
  public Refusal refusal(Outcome<List<Bar>> outcome) {
    String place = "candles of " + name + ": ";
    return switch (outcome) {
      case Outcome.Accepted<List<Bar>> _ ->
          throw new IllegalArgumentException("there is a page (expected: none)");
      case Outcome.Rejected<List<Bar>>(Rejection code, String said) ->
          code == Rejection.SYMBOL_NOT_FOUND
              ? new Refusal(
                      ErrorCode.VALIDATION_ERROR,
                      "symbol: " + name.symbol() + " (expected: one that the exchange trades)")
                  .ofField("symbol")
              : new Refusal(ErrorCode.UPSTREAM_FAILED, place + "the exchange says: " + said);
      case Outcome.RateLimited<List<Bar>>(Duration after, _) -> waiting(place, after);
      case Outcome.Banned<List<Bar>>(Duration after, _) -> waiting(place, after);
      case Outcome.SurelyNotDone<List<Bar>>(String said) -> passing(place, said);
      case Outcome.Unknown<List<Bar>>(String said) -> passing(place, said);
      case Outcome.ClockSkew<List<Bar>>(String said) -> passing(place, said);
      case Outcome.Duplicate<List<Bar>>(String said) -> passing(place, said);
      case Outcome.AuthFailed<List<Bar>>(String said) -> passing(place, said);
      case Outcome.NotFound<List<Bar>>(String said) -> passing(place, said);
      case Outcome.NoChange<List<Bar>>(String said) -> passing(place, said);
    };
  }

  private static Refusal waiting(String place, Duration after) {
    return new Refusal(ErrorCode.UNAVAILABLE, place + "the exchange takes no more calls for now")
        .withRetryAfter(after);
  }

  private static Refusal passing(String place, String said) {
    return new Refusal(
            ErrorCode.UPSTREAM_FAILED, place + "the exchange cannot be asked for now: " + said)
        .withRetryAfter(SOON);
  }
}

package io.tollgate.trading.engine.execution;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.engine.risk.LastTime;
import io.tollgate.trading.engine.risk.RiskFacts;
import io.tollgate.trading.exchange.Symbol;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is known of an account while its lock is held. What is ordered and not yet filled counts as
 * if it were, so that two signals at once cannot both have the last place.
 *
 * @param available in USDT, as of the last sync; empty: not known
 * @param open positions that are held
 * @param entering orders that make positions larger and have not ended, with what of them is not
 *     booked yet
 */
public record AccountStanding(
    Optional<BigDecimal> available, List<Stake> open, List<Stake> entering, TradingRecord record) {
  /** So much of a position, in USDT. */
  public record Stake(PositionKey key, BigDecimal notional) {
    public Stake {
      requireNonNull(key, "key is null");
      requireNonNull(notional, "notional is null");
    }
  }

  /**
   * How it went until now.
   *
   * @param tradesToday entries reserved in the day (UTC)
   * @param tradesThisWeek in the ISO week (UTC)
   * @param lossToday realised in that day; below 0: gained
   */
  public record TradingRecord(
      long tradesToday,
      long tradesThisWeek,
      Optional<BigDecimal> lossToday,
      long consecutiveLosses,
      LastTime lastLoss,
      LastTime lastTrade,
      Optional<BigDecimal> equity,
      Optional<BigDecimal> peakEquity) {
    public TradingRecord {
      requireNonNull(lossToday, "lossToday is null");
      requireNonNull(lastLoss, "lastLoss is null");
      requireNonNull(lastTrade, "lastTrade is null");
      requireNonNull(equity, "equity is null");
      requireNonNull(peakEquity, "peakEquity is null");
    }
  }

  public AccountStanding {
    requireNonNull(available, "available is null");
    open = List.copyOf(open);
    entering = List.copyOf(entering);
    requireNonNull(record, "record is null");
  }

  /** Whether something of a position is held, or about to be. */
  boolean holds(PositionKey key) {
    return all().anyMatch(stake -> stake.key().equals(key));
  }

  /** As rules ask for it. */
  public RiskFacts facts(RiskFacts.Builder facts, Symbol symbol) {
    facts
        .openPositions(all().map(Stake::key).distinct().count())
        .exposure(sum(all()))
        .symbolExposure(sum(all().filter(stake -> stake.key().symbol().equals(symbol))))
        .tradesToday(record.tradesToday())
        .tradesThisWeek(record.tradesThisWeek())
        .consecutiveLosses(record.consecutiveLosses())
        .lastLoss(record.lastLoss())
        .lastTrade(record.lastTrade());
    available.ifPresent(facts::available);
    record.lossToday().ifPresent(facts::lossToday);
    record.equity().ifPresent(facts::equity);
    record.peakEquity().ifPresent(facts::peakEquity);
    return facts.build();
  }

  private Stream<Stake> all() {
    return Stream.concat(open.stream(), entering.stream());
  }

  private static BigDecimal sum(Stream<Stake> stakes) {
    return stakes.map(Stake::notional).reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}

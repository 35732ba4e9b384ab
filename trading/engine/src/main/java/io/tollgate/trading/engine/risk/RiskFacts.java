package io.tollgate.trading.engine.risk;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known of an account when an order is judged; what is empty is not known, and no rule that
 * asks for it lets anything pass. Amounts are in USDT.
 *
 * @param available what it could put up now
 * @param openPositions how many it has
 * @param exposure notional of all of them
 * @param symbolExposure notional of those in the order's symbol
 * @param tradesToday in the day of {@code now}, in UTC
 * @param tradesThisWeek in the ISO week of {@code now}, in UTC
 * @param lossToday realised in that day, with what open positions have lost; below 0: gained
 * @param consecutiveLosses positions closed with a loss since the last that was not
 * @param equity balance with what open positions would bring
 * @param peakEquity the most that it ever was
 */
public record RiskFacts(
    Instant now,
    Optional<BigDecimal> available,
    OptionalLong openPositions,
    Optional<BigDecimal> exposure,
    Optional<BigDecimal> symbolExposure,
    OptionalLong tradesToday,
    OptionalLong tradesThisWeek,
    Optional<BigDecimal> lossToday,
    OptionalLong consecutiveLosses,
    LastTime lastLoss,
    LastTime lastTrade,
    Optional<BigDecimal> equity,
    Optional<BigDecimal> peakEquity) {
  public RiskFacts {
    requireNonNull(now, "now is null");
    requireNonNull(available, "available is null");
    requireNonNull(openPositions, "openPositions is null");
    requireNonNull(exposure, "exposure is null");
    requireNonNull(symbolExposure, "symbolExposure is null");
    requireNonNull(tradesToday, "tradesToday is null");
    requireNonNull(tradesThisWeek, "tradesThisWeek is null");
    requireNonNull(lossToday, "lossToday is null");
    requireNonNull(consecutiveLosses, "consecutiveLosses is null");
    requireNonNull(lastLoss, "lastLoss is null");
    requireNonNull(lastTrade, "lastTrade is null");
    requireNonNull(equity, "equity is null");
    requireNonNull(peakEquity, "peakEquity is null");
  }

  /** The same, but for what is known of others, which is theirs then; the time is theirs too. */
  public RiskFacts replacedBy(RiskFacts given) {
    return new RiskFacts(
        given.now,
        given.available.or(() -> available),
        known(given.openPositions, openPositions),
        given.exposure.or(() -> exposure),
        given.symbolExposure.or(() -> symbolExposure),
        known(given.tradesToday, tradesToday),
        known(given.tradesThisWeek, tradesThisWeek),
        given.lossToday.or(() -> lossToday),
        known(given.consecutiveLosses, consecutiveLosses),
        known(given.lastLoss, lastLoss),
        known(given.lastTrade, lastTrade),
        given.equity.or(() -> equity),
        given.peakEquity.or(() -> peakEquity));
  }

  private static OptionalLong known(OptionalLong given, OptionalLong own) {
    return given.isPresent() ? given : own;
  }

  private static LastTime known(LastTime given, LastTime own) {
    return given instanceof LastTime.Unknown ? own : given;
  }

  /** Facts of which nothing is known yet but the time. */
  public static Builder at(Instant now) {
    return new Builder(now);
  }

  /** Facts as they become known. For one thread. */
  public static final class Builder {
    private final Instant now;
    private Optional<BigDecimal> available = Optional.empty();
    private OptionalLong openPositions = OptionalLong.empty();
    private Optional<BigDecimal> exposure = Optional.empty();
    private Optional<BigDecimal> symbolExposure = Optional.empty();
    private OptionalLong tradesToday = OptionalLong.empty();
    private OptionalLong tradesThisWeek = OptionalLong.empty();
    private Optional<BigDecimal> lossToday = Optional.empty();
    private OptionalLong consecutiveLosses = OptionalLong.empty();
    private LastTime lastLoss = new LastTime.Unknown();
    private LastTime lastTrade = new LastTime.Unknown();
    private Optional<BigDecimal> equity = Optional.empty();
    private Optional<BigDecimal> peakEquity = Optional.empty();

    private Builder(Instant now) {
      this.now = requireNonNull(now, "now is null");
    }

    public Builder available(BigDecimal amount) {
      available = Optional.of(amount);
      return this;
    }

    public Builder openPositions(long count) {
      openPositions = OptionalLong.of(count);
      return this;
    }

    public Builder exposure(BigDecimal notional) {
      exposure = Optional.of(notional);
      return this;
    }

    public Builder symbolExposure(BigDecimal notional) {
      symbolExposure = Optional.of(notional);
      return this;
    }

    public Builder tradesToday(long count) {
      tradesToday = OptionalLong.of(count);
      return this;
    }

    public Builder tradesThisWeek(long count) {
      tradesThisWeek = OptionalLong.of(count);
      return this;
    }

    public Builder lossToday(BigDecimal amount) {
      lossToday = Optional.of(amount);
      return this;
    }

    public Builder consecutiveLosses(long count) {
      consecutiveLosses = OptionalLong.of(count);
      return this;
    }

    public Builder lastLoss(LastTime time) {
      lastLoss = time;
      return this;
    }

    public Builder lastTrade(LastTime time) {
      lastTrade = time;
      return this;
    }

    public Builder equity(BigDecimal amount) {
      equity = Optional.of(amount);
      return this;
    }

    public Builder peakEquity(BigDecimal amount) {
      peakEquity = Optional.of(amount);
      return this;
    }

    public RiskFacts build() {
      return new RiskFacts(
          now,
          available,
          openPositions,
          exposure,
          symbolExposure,
          tradesToday,
          tradesThisWeek,
          lossToday,
          consecutiveLosses,
          lastLoss,
          lastTrade,
          equity,
          peakEquity);
    }
  }
}

package io.tollgate.trading.engine.scan;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.engine.execution.Levels;
import io.tollgate.trading.engine.execution.SignalDraft;
import io.tollgate.trading.engine.guard.SignalCooldown;
import io.tollgate.trading.engine.risk.RiskOrder.Intent;
import io.tollgate.trading.engine.scan.Heard.Signalled;
import io.tollgate.trading.engine.scan.Heard.Silent;
import io.tollgate.trading.engine.scan.Heard.Why;
import io.tollgate.trading.exchange.Side;
import io.tollgate.trading.strategies.SignalSide;
import io.tollgate.trading.strategies.StrategyOutput;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Makes signals of what strategies say. Judged by the bar's close, not by when it was looked at, so
 * that whoever comes later comes to the same.
 *
 * <p>What enters a position is held back during a cool-down, and dropped when it is late. What
 * closes one is neither: a position must not stay open because a process did not run.
 *
 * @param maxAge since the bar's close
 */
public record SignalRule(Duration maxAge) {
  private static final int CONFIDENCE_SCALE = 4;
  private static final MathContext DIGITS = new MathContext(12);

  public SignalRule {
    requireNonNull(maxAge, "maxAge is null");
  }

  /**
   * Judges what was said.
   *
   * @param coolingUntil of the last signal of this subject
   * @param now by the market's clock
   */
  public Heard judge(ScanSubject subject, Said said, Optional<Instant> coolingUntil, Instant now) {
    StrategyOutput output = said.output();
    Instant closed = closed(subject, said);
    List<SignalDraft> drafts =
        switch (output.type()) {
          case HOLD -> List.of();
          case OPEN, ADD ->
              output.side().stream()
                  .map(
                      side ->
                          draft(
                              subject,
                              said,
                              side,
                              Intent.valueOf(output.type().name()),
                              output.stopLoss(),
                              output.takeProfit()))
                  .toList();
          case HEDGE ->
              List.of(
                  hedge(
                      subject,
                      said,
                      SignalSide.BUY,
                      StrategyOutput.LONG_STOP_LOSS,
                      StrategyOutput.LONG_TAKE_PROFIT),
                  hedge(
                      subject,
                      said,
                      SignalSide.SELL,
                      StrategyOutput.SHORT_STOP_LOSS,
                      StrategyOutput.SHORT_TAKE_PROFIT));
          case CLOSE ->
              output
                  .side()
                  .map(side -> List.of(closing(subject, said, side)))
                  .orElseGet(
                      () ->
                          List.of(
                              closing(subject, said, SignalSide.SELL),
                              closing(subject, said, SignalSide.BUY)));
        };
    if (drafts.isEmpty()) {
      return new Silent(Why.NOTHING);
    }
    if (output.pendingLimit()) {
      return new Silent(Why.LIMIT_ORDER);
    }
    Signalled signalled = new Signalled(drafts);
    if (!signalled.enters()) {
      return signalled;
    }
    if (Duration.between(closed, now).compareTo(maxAge) > 0) {
      return new Silent(Why.LATE);
    }
    if (coolingUntil.filter(closed::isBefore).isPresent()) {
      return new Silent(Why.COOLING);
    }
    return signalled;
  }

  /** Until when nothing more is entered after that. */
  public static Instant coolingUntil(ScanSubject subject, Said said) {
    return SignalCooldown.until(
        closed(subject, said), subject.timeframe().length(), subject.cooldown());
  }

  /** When the bar closed that it was said of. */
  public static Instant closed(ScanSubject subject, Said said) {
    return Instant.ofEpochMilli(said.bar().openTime()).plus(subject.timeframe().length());
  }

  private static SignalDraft hedge(
      ScanSubject subject, Said said, SignalSide side, String stop, String target) {
    return draft(
        subject,
        said,
        side,
        Intent.OPEN,
        said.output().indicator(stop),
        said.output().indicator(target));
  }

  private static SignalDraft closing(ScanSubject subject, Said said, SignalSide side) {
    return draft(subject, said, side, Intent.CLOSE, OptionalDouble.empty(), OptionalDouble.empty());
  }

  private static SignalDraft draft(
      ScanSubject subject,
      Said said,
      SignalSide side,
      Intent intent,
      OptionalDouble stop,
      OptionalDouble target) {
    StrategyOutput output = said.output();
    return new SignalDraft(
        subject.strategy(),
        subject.symbol(),
        Side.valueOf(side.name()),
        intent,
        Optional.of(exact(output.entryPrice().orElse(said.bar().close()))),
        new Levels(price(stop), price(target)),
        confidence(output.confidence()),
        output.reason(),
        subject.timeframe(),
        closed(subject, said));
  }

  private static Optional<BigDecimal> confidence(OptionalDouble given) {
    return given.isPresent()
        ? Optional.of(
            BigDecimal.valueOf(given.getAsDouble())
                .setScale(CONFIDENCE_SCALE, RoundingMode.HALF_EVEN))
        : Optional.empty();
  }

  /** A level that is no price is none. */
  private static Optional<BigDecimal> price(OptionalDouble given) {
    return given.isPresent() && given.getAsDouble() > 0
        ? Optional.of(exact(given.getAsDouble()))
        : Optional.empty();
  }

  /** To more digits than any exchange has, and without those that come of computing in doubles. */
  private static BigDecimal exact(double price) {
    return BigDecimal.valueOf(price).round(DIGITS);
  }
}

package io.tollgate.trading.engine.guard;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.engine.guard.GuardVerdict.Code;
import io.tollgate.trading.engine.guard.GuardVerdict.Rejected;
import io.tollgate.trading.exchange.Side;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a signal must be before anything is ordered for it.
 *
 * @param maxAge since its bar closed
 * @param maxDriftPct by which the price may be away from the entry, in percent of it
 */
public record SignalGuards(Duration maxAge, BigDecimal maxDriftPct) {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  public SignalGuards {
    requireNonNull(maxAge, "maxAge is null");
    requireNonNull(maxDriftPct, "maxDriftPct is null");
  }

  /**
   * Judges a signal: its confidence, its age, and where the price is now.
   *
   * @param minConfidence that its strategy asks for, 0 to 100; without one of its own a signal has
   *     0
   * @param price now; empty: not known, so that nothing passes
   */
  public GuardVerdict judge(
      GuardedSignal signal, int minConfidence, Optional<BigDecimal> price, Instant now) {
    BigDecimal confidence = signal.confidence().orElse(BigDecimal.ZERO);
    if (confidence.compareTo(BigDecimal.valueOf(minConfidence)) < 0) {
      return rejected(
          Code.RISK_LOW_CONFIDENCE, "confidence", confidence, "at least " + minConfidence);
    }
    Duration age = Duration.between(signal.barClosed(), now);
    if (age.compareTo(maxAge) > 0) {
      return new Rejected(
          Code.RISK_SIGNAL_STALE,
          "age: " + age.toSeconds() + " s (expected: at most " + maxAge.toSeconds() + " s)");
    }
    return price
        .map(at -> priced(signal, at))
        .orElseGet(() -> new Rejected(Code.RISK_ERROR, "price is not known (expected: a value)"));
  }

  private GuardVerdict priced(GuardedSignal signal, BigDecimal price) {
    BigDecimal entry = signal.entry();
    BigDecimal away = price.subtract(entry).abs().multiply(HUNDRED);
    if (away.compareTo(maxDriftPct.multiply(entry)) > 0) {
      return drifted(
          price, "within " + maxDriftPct.toPlainString() + " % of " + entry.toPlainString());
    }
    boolean buys = signal.side() == Side.BUY;
    if (signal.stop().filter(stop -> reached(price, stop, !buys)).isPresent()) {
      return drifted(price, "not past the stop at " + signal.stop().get().toPlainString());
    }
    if (signal.target().filter(target -> reached(price, target, buys)).isPresent()) {
      return drifted(price, "not past the target at " + signal.target().get().toPlainString());
    }
    return new GuardVerdict.Passed();
  }

  private static boolean reached(BigDecimal price, BigDecimal level, boolean fromBelow) {
    int side = price.compareTo(level);
    return fromBelow ? side >= 0 : side <= 0;
  }

  private static Rejected drifted(BigDecimal price, String expected) {
    return rejected(Code.RISK_PRICE_DRIFT, "price", price, expected);
  }

  private static Rejected rejected(Code code, String name, BigDecimal found, String expected) {
    return new Rejected(
        code, name + ": " + found.toPlainString() + " (expected: " + expected + ")");
  }
}

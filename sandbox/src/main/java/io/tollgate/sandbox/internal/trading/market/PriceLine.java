package io.tollgate.sandbox.internal.trading.market;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The price of a symbol over all time: the process, but where it was steered. Steered on the event
 * loop, read from any thread.
 */
final class PriceLine {
  private static final int MOST_STEERED = 1_000;

  private final PriceProcess process;
  private volatile List<Steered> steered = List.of();

  PriceLine(PriceProcess process) {
    this.process = process;
  }

  PriceProcess process() {
    return process;
  }

  /** From a time on; what was set for later times is gone. */
  void steer(Steered added) {
    List<Steered> all = new ArrayList<>(steered);
    all.removeIf(one -> one.from() >= added.from());
    all.add(added);
    steered = List.copyOf(all.subList(Math.max(0, all.size() - MOST_STEERED), all.size()));
  }

  int spreadTicks(long millis) {
    return at(steered, millis).map(Steered::spreadTicks).orElse(0);
  }

  /** To the tick, rounded half up, and never nothing. */
  BigDecimal price(long millis, BigDecimal tick) {
    Optional<PricePath> path = at(steered, millis).flatMap(Steered::path);
    BigDecimal exact =
        path.map(points -> points.at(millis)).orElseGet(() -> new BigDecimal(process.at(millis)));
    return toTick(exact, tick);
  }

  static BigDecimal toTick(BigDecimal exact, BigDecimal tick) {
    return exact.divide(tick, 0, RoundingMode.HALF_UP).multiply(tick).max(tick);
  }

  /** Whether any of [from, to] is not the process. */
  boolean steeredWithin(long from, long to) {
    List<Steered> all = steered;
    return at(all, from).flatMap(Steered::path).isPresent()
        || all.stream().anyMatch(one -> one.from() > from && one.from() <= to);
  }

  /** Times in (after, upTo], beside whole minutes, at which the price bends or jumps. */
  List<Long> bends(long after, long upTo) {
    List<Long> times = new ArrayList<>();
    for (Steered one : steered) {
      if (one.from() > after && one.from() <= upTo) {
        times.add(one.from());
      }
      one.path().ifPresent(path -> times.addAll(path.times(Math.max(after, one.from()), upTo)));
    }
    return times;
  }

  private static Optional<Steered> at(List<Steered> all, long millis) {
    for (int i = all.size() - 1; i >= 0; i--) {
      if (all.get(i).from() <= millis) {
        return Optional.of(all.get(i));
      }
    }
    return Optional.empty();
  }
}

package io.tollgate.rewards.internal;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.tollgate.ground.Amount;
import io.tollgate.rewards.Points;
import io.tollgate.rewards.Withdrawals.WithdrawalStatus;
import io.tollgate.rewards.internal.pools.PoolParts.Part;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The counters of rewards, of what this process has done; and gauges of what waits, as it saw it
 * last. Points are counted whole, as doubles: for looking at, not for adding up.
 */
public final class RewardMeters {
  private final MeterRegistry registry;
  private final Map<String, AtomicLong> waiting = new ConcurrentHashMap<>();

  public RewardMeters(MeterRegistry registry) {
    this.registry = requireNonNull(registry, "registry is null");
    // there before the first one, so that it is seen
    Counter _ = registry.counter("tollgate_rewards_pools", "outcome", "failed");
    Counter _ = registry.counter("tollgate_rewards_pools", "outcome", "distributed");
  }

  /** A profit was charged. */
  public void charged(long self, long gift, long owed) {
    points("self").increment(decimal(self));
    points("gift").increment(decimal(gift));
    points("owed").increment(decimal(owed));
  }

  /** What was owed was paid. */
  public void owedPaid(long units) {
    registry.counter("tollgate_rewards_owed_paid_points").increment(decimal(units));
  }

  /** A pool was distributed. */
  public void poolDistributed(List<Part> parts) {
    registry.counter("tollgate_rewards_pools", "outcome", "distributed").increment();
    for (Part part : parts) {
      registry
          .counter("tollgate_rewards_distributed_points", "type", part.type().code())
          .increment(decimal(part.units()));
    }
  }

  /** A pool could not be distributed. */
  public void poolFailed() {
    registry.counter("tollgate_rewards_pools", "outcome", "failed").increment();
  }

  /** A withdrawal came to a status. */
  public void withdrawal(WithdrawalStatus status) {
    registry.counter("tollgate_rewards_withdrawals", "status", status.code()).increment();
  }

  /** How many of something wait. */
  public void waiting(String what, long count) {
    gauge("tollgate_rewards_waiting", "what", what).set(count);
  }

  private Counter points(String part) {
    return registry.counter("tollgate_rewards_charged_points", "part", part);
  }

  private AtomicLong gauge(String name, String label, String value) {
    return waiting.computeIfAbsent(
        value,
        _ ->
            requireNonNull(
                registry.gauge(
                    name, List.of(Tag.of(label, value)), new AtomicLong(), AtomicLong::get)));
  }

  private static double decimal(long units) {
    return new Amount(Points.ASSET, units).toDecimal().doubleValue();
  }
}

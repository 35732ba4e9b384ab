package io.tollgate.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.data.testing.SettableClock;
import io.tollgate.identity.ConcurrencyLimits.Scope;
import io.tollgate.identity.RequestLimits.Decision;
import io.tollgate.identity.internal.RefusalCounts;
import io.tollgate.identity.internal.rates.CountedRequestLimits;
import io.tollgate.identity.internal.rates.KeyMeters;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RequestLimitsTest {
  private final SettableClock clock = new SettableClock();
  private final RequestLimits limits =
      new CountedRequestLimits(new KeyMeters(clock), new RefusalCounts());

  @Test
  void the_fourth_request_of_a_minute_is_refused_at_three_a_minute() {
    KeyHolder key = key(1, 3);

    assertThat(limits.tryAcquire(key)).isEqualTo(new Decision.Allowed(3, 2, seconds(60)));
    clock.advance(seconds(10));
    assertThat(limits.tryAcquire(key)).isEqualTo(new Decision.Allowed(3, 1, seconds(60)));
    clock.advance(seconds(10));
    assertThat(limits.tryAcquire(key)).isEqualTo(new Decision.Allowed(3, 0, seconds(60)));
    clock.advance(seconds(10));
    assertThat(limits.tryAcquire(key))
        .isEqualTo(new Decision.Refused(Scope.KEY, 3, seconds(30), seconds(50)));
  }

  @Test
  void a_request_passes_when_the_oldest_is_a_minute_old_and_not_before() {
    KeyHolder key = key(1, 3);
    for (int i = 0; i < 3; i++) {
      limits.tryAcquire(key);
    }
    clock.advance(seconds(60).minusNanos(1));
    assertThat(limits.tryAcquire(key))
        .isEqualTo(new Decision.Refused(Scope.KEY, 3, Duration.ofNanos(1), Duration.ofNanos(1)));
    clock.advance(Duration.ofNanos(1));
    assertThat(limits.tryAcquire(key)).isEqualTo(new Decision.Allowed(3, 2, seconds(60)));
  }

  @Test
  void keys_do_not_share_a_limit_and_a_key_without_one_is_never_refused() {
    KeyHolder free = Holders.key(9, 1, KeyRates.NONE);
    limits.tryAcquire(key(1, 1));

    assertThat(limits.tryAcquire(key(1, 1))).isInstanceOf(Decision.Refused.class);
    assertThat(limits.tryAcquire(key(2, 1))).isInstanceOf(Decision.Allowed.class);
    for (int i = 0; i < 10_000; i++) {
      assertThat(limits.tryAcquire(free)).isEqualTo(new Decision.Unlimited());
    }
  }

  @Test
  void a_lowered_limit_holds_at_once() {
    for (int i = 0; i < 10; i++) {
      limits.tryAcquire(key(1, 10));
      clock.advance(seconds(1));
    }
    // ten in the window, the newest a second old: the seventh from the end must leave
    assertThat(limits.tryAcquire(key(1, 4)))
        .isEqualTo(new Decision.Refused(Scope.KEY, 4, seconds(56), seconds(59)));
  }

  @Test
  void refused_requests_do_not_count() {
    KeyHolder key = key(1, 1);
    limits.tryAcquire(key);
    for (int i = 0; i < 60; i++) {
      clock.advance(seconds(1));
      if (i < 59) {
        assertThat(limits.tryAcquire(key)).isInstanceOf(Decision.Refused.class);
      }
    }
    assertThat(limits.tryAcquire(key)).isInstanceOf(Decision.Allowed.class);
  }

  @Test
  void many_at_once_are_exactly_the_limit() throws InterruptedException {
    KeyHolder key = key(1, 50);
    assertThat(IdentityFixture.atOnce(500, () -> limits.tryAcquire(key)))
        .filteredOn(d -> d instanceof Decision.Allowed)
        .hasSize(50);
  }

  @Test
  void random_traffic_up_to_a_thousand_a_minute_is_told_exactly() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 20; round++) {
      int limit = 1 + random.nextInt(1_000);
      KeyHolder key = key(100 + round, limit);
      Deque<Long> passed = new ArrayDeque<>();
      for (int i = 0; i < 5_000; i++) {
        clock.advance(Duration.ofNanos(random.nextLong(120_000_000_000L / limit)));
        long now = clock.getAsLong();
        while (!passed.isEmpty() && now - passed.peek() >= 60_000_000_000L) {
          passed.poll();
        }
        boolean expected = passed.size() < limit;
        if (expected) {
          passed.add(now);
        }
        assertThat(limits.tryAcquire(key) instanceof Decision.Allowed)
            .as("seed %d, limit %d, request %d", seed, limit, i)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void a_large_limit_is_never_exceeded_and_nearly_reached() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int limit = 20_000;
    KeyHolder key = key(1, limit);
    Deque<Long> passed = new ArrayDeque<>();
    int most = 0;
    for (int i = 0; i < 200_000; i++) {
      clock.advance(Duration.ofNanos(random.nextInt(3_000_000)));
      long now = clock.getAsLong();
      while (!passed.isEmpty() && now - passed.peek() >= 60_000_000_000L) {
        passed.poll();
      }
      if (limits.tryAcquire(key) instanceof Decision.Allowed) {
        passed.add(now);
      }
      most = Math.max(most, passed.size());
      assertThat(passed.size()).as("seed %d", seed).isLessThanOrEqualTo(limit);
    }
    assertThat(most).isEqualTo(limit);
  }

  private static KeyHolder key(long id, int perMinute) {
    return Holders.key(id, 1, KeyRates.requests(OptionalInt.of(perMinute)));
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }
}

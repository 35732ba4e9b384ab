package io.tollgate.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.ground.ErrorCode;
import io.tollgate.identity.ConcurrencyLimits.Admission;
import io.tollgate.identity.ConcurrencyLimits.Admitted;
import io.tollgate.identity.ConcurrencyLimits.Refused;
import io.tollgate.identity.ConcurrencyLimits.Scope;
import io.tollgate.identity.internal.RefusalCounts;
import io.tollgate.identity.internal.rates.CountedConcurrencyLimits;
import io.tollgate.identity.internal.rates.KeyMeters;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConcurrencyLimitsTest {
  private final RefusalCounts counts = new RefusalCounts();
  private final ConcurrencyLimits limits =
      new CountedConcurrencyLimits(3, 5, new KeyMeters(System::nanoTime), counts);

  @Test
  void a_key_at_its_limit_is_refused_until_one_of_its_requests_is_over() {
    Admitted first = admitted(key(1, 1));
    admitted(key(1, 1));
    admitted(key(1, 1));

    assertThat(limits.tryBegin(key(1, 1))).isEqualTo(new Refused(Scope.KEY, 3));
    first.close();
    admitted(key(1, 1));
    assertThat(limits.tryBegin(key(1, 1))).isEqualTo(new Refused(Scope.KEY, 3));
  }

  @Test
  void all_keys_of_a_user_share_the_users_limit_and_other_users_do_not() {
    for (long key = 1; key <= 5; key++) {
      admitted(key(key, 1));
    }

    assertThat(limits.tryBegin(key(6, 1))).isEqualTo(new Refused(Scope.USER, 5));
    admitted(key(7, 2));
  }

  @Test
  void a_request_refused_for_its_user_does_not_count_for_its_key() {
    List<Admitted> others = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      others.add(admitted(key(1 + i / 3, 1)));
    }
    for (int i = 0; i < 10; i++) {
      assertThat(limits.tryBegin(key(9, 1))).isEqualTo(new Refused(Scope.USER, 5));
    }
    others.forEach(Admitted::close);

    for (int i = 0; i < 3; i++) {
      admitted(key(9, 1));
    }
    assertThat(limits.tryBegin(key(9, 1))).isEqualTo(new Refused(Scope.KEY, 3));
  }

  @Test
  void a_request_closed_twice_makes_room_for_one() {
    Admitted one = admitted(key(1, 1));
    admitted(key(1, 1));
    admitted(key(1, 1));
    one.close();
    one.close();

    admitted(key(1, 1));
    assertThat(limits.tryBegin(key(1, 1))).isInstanceOf(Refused.class);
  }

  @Test
  void one_request_closed_by_many_threads_makes_room_for_one() throws InterruptedException {
    Admitted one = admitted(key(1, 1));
    admitted(key(1, 1));
    admitted(key(1, 1));
    IdentityFixture.atOnce(
        200,
        () -> {
          one.close();
          return true;
        });

    admitted(key(1, 1));
    assertThat(limits.tryBegin(key(1, 1))).isInstanceOf(Refused.class);
  }

  @Test
  void a_refusal_says_the_limit_and_when_to_try_again() {
    var refusal = new Refused(Scope.KEY, 256).refusal();

    assertThat(refusal.code()).isEqualTo(ErrorCode.RATE_LIMITED);
    assertThat(refusal.sentence()).contains("256").contains("key");
    assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(1));
  }

  @Test
  void refused_requests_are_shown_by_the_limit_that_refused_them() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    counts.bindTo(registry);
    for (int i = 0; i < 5; i++) {
      limits.tryBegin(key(1, 1));
    }
    for (int i = 0; i < 3; i++) {
      limits.tryBegin(key(2, 1));
    }
    assertThat(
            registry
                .get("tollgate.requests.limited")
                .tag("limit", "key_concurrent")
                .functionCounter()
                .count())
        .isEqualTo(2);
    assertThat(
            registry
                .get("tollgate.requests.limited")
                .tag("limit", "user_concurrent")
                .functionCounter()
                .count())
        .isEqualTo(1);
  }

  @Test
  void many_at_once_are_exactly_the_limit() throws InterruptedException {
    assertThat(IdentityFixture.atOnce(500, () -> limits.tryBegin(key(1, 1))))
        .filteredOn(Admitted.class::isInstance)
        .hasSize(3);
  }

  @Test
  void requests_that_come_and_go_on_many_threads_never_exceed_the_limit_and_leave_it_free()
      throws InterruptedException {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger highest = new AtomicInteger();
    IdentityFixture.atOnce(
        16,
        () -> {
          for (int i = 0; i < 5_000; i++) {
            if (limits.tryBegin(key(1, 1)) instanceof Admitted one) {
              highest.accumulateAndGet(running.incrementAndGet(), Math::max);
              Thread.yield();
              running.decrementAndGet();
              one.close();
            }
          }
          return true;
        });

    assertThat(highest.get()).isBetween(1, 3);
    for (int i = 0; i < 3; i++) {
      admitted(key(1, 1));
    }
  }

  @Test
  void a_hundred_thousand_callers_are_counted_exactly_while_idle_ones_are_dropped() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Deque<Admitted> open = new ArrayDeque<>();
    admitted(key(1, 1));
    admitted(key(1, 1));
    for (long caller = 2; caller < 100_000; caller++) {
      open.add(admitted(key(caller, caller)));
      if (open.size() > 50 || random.nextBoolean()) {
        open.remove().close();
      }
    }

    // two of the first caller have been running all the time
    admitted(key(1, 1));
    assertThat(limits.tryBegin(key(1, 1))).as("seed %d", seed).isInstanceOf(Refused.class);
    assertThat(((CountedConcurrencyLimits) limits).callers()).isLessThan(20_000);
  }

  private Admitted admitted(KeyHolder holder) {
    Admission admission = limits.tryBegin(holder);
    assertThat(admission).isInstanceOf(Admitted.class);
    return (Admitted) admission;
  }

  private static KeyHolder key(long key, long user) {
    return Holders.key(key, user, KeyRates.NONE);
  }
}

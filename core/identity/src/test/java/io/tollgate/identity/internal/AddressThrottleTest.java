package io.tollgate.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.LoginLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AddressThrottleTest {
  private static final LoginPair ANN = LoginPair.of("ann", "192.0.2.1");
  private static final LoginLimits LIMITS =
      new LoginLimits(5, Duration.ofMinutes(15), 20, Duration.ofSeconds(2), 3, 1_000, 10);

  private final List<Duration> pauses = new ArrayList<>();
  private final AtomicLong nanos = new AtomicLong();
  private final RefusalCounts counts = new RefusalCounts();
  private final AddressThrottle throttle =
      new AddressThrottle(LIMITS, nanos::get, pauses::add, counts);

  @Test
  void failures_are_answered_later_and_later_up_to_a_bound() {
    for (int i = 0; i < 20; i++) {
      fail("name" + i);
    }
    assertThat(pauses).isEmpty();
    fail("ann");
    fail("bob");
    assertThat(pauses).containsExactly(Duration.ofMillis(100), Duration.ofMillis(200));
    for (int i = 0; i < 100; i++) {
      fail("name" + i);
    }
    assertThat(pauses.getLast()).isEqualTo(Duration.ofSeconds(2));
    assertThat(counts.of(RefusalCounts.Why.LOGIN_FAILED)).isEqualTo(122);
    assertThat(counts.of(RefusalCounts.Why.LOGIN_DELAYED)).isEqualTo(102);
  }

  @Test
  void the_right_password_waits_for_nothing_whatever_others_of_the_address_did() {
    for (int i = 0; i < 200; i++) {
      fail("name" + i);
    }
    pauses.clear();
    assertThat(throttle.pass(ANN, () -> "in")).isEqualTo("in");
    assertThat(pauses).isEmpty();
  }

  @Test
  void other_addresses_do_not_wait_and_time_forgives() {
    for (int i = 0; i < 30; i++) {
      fail("name" + i);
    }
    pauses.clear();
    assertThatThrownBy(
            () -> throttle.pass(LoginPair.of("ann", "192.0.2.2"), AddressThrottleTest::wrong))
        .isInstanceOf(Refusal.class);
    nanos.addAndGet(Duration.ofMinutes(15).toNanos());
    fail("ann");
    assertThat(pauses).isEmpty();
  }

  @Test
  void a_lock_or_a_fault_of_ours_is_no_failure_of_the_address() {
    for (int i = 0; i < 50; i++) {
      assertThatThrownBy(
              () ->
                  throttle.pass(
                      ANN,
                      () -> {
                        throw new Refusal(ErrorCode.ACCOUNT_LOCKED, "locked");
                      }))
          .isInstanceOf(Refusal.class);
    }
    assertThat(pauses).isEmpty();
  }

  @Test
  void logins_of_one_address_at_one_time_are_bounded_and_each_gives_its_place_back() {
    for (int round = 0; round < 3; round++) {
      List<ErrorCode> refused = new ArrayList<>();
      nest(5, refused);
      assertThat(refused).containsExactly(ErrorCode.RATE_LIMITED);
    }
    assertThatThrownBy(
            () ->
                throttle.pass(
                    ANN,
                    () -> {
                      throw new IllegalStateException("broken");
                    }))
        .isInstanceOf(IllegalStateException.class);
    List<ErrorCode> refused = new ArrayList<>();
    nest(3, refused);
    assertThat(refused).isEmpty();
  }

  /** Logins that are all being checked at one time. */
  private void nest(int depth, List<ErrorCode> refused) {
    if (depth == 0) {
      return;
    }
    try {
      boolean _ =
          throttle.pass(
              ANN,
              () -> {
                nest(depth - 1, refused);
                return true;
              });
    } catch (Refusal refusal) {
      assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(1));
      refused.add(refusal.code());
    }
  }

  private void fail(String name) {
    assertThatThrownBy(
            () -> throttle.pass(LoginPair.of(name, "192.0.2.1"), AddressThrottleTest::wrong))
        .isInstanceOf(Refusal.class);
  }

  private static String wrong() {
    throw new Refusal(ErrorCode.INVALID_CREDENTIALS, "wrong");
  }
}

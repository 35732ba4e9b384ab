package io.tollgate.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.data.testing.SettableClock;
import io.tollgate.identity.ConcurrencyLimits.Admitted;
import io.tollgate.identity.ConcurrencyLimits.Scope;
import io.tollgate.identity.RequestLimits.Decision;
import io.tollgate.identity.TokenLimits.Reserved;
import io.tollgate.identity.internal.RefusalCounts;
import io.tollgate.identity.internal.rates.CountedConcurrencyLimits;
import io.tollgate.identity.internal.rates.CountedRequestLimits;
import io.tollgate.identity.internal.rates.CountedTokenLimits;
import io.tollgate.identity.internal.rates.KeyMeters;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Limits of a user hold for all keys together, beside those of each key. */
class UserRatesTest {
  private static final KeyRates THREE =
      new KeyRates(OptionalInt.of(3), OptionalLong.of(300), OptionalInt.of(3));
  private static final KeyRates TWO =
      new KeyRates(OptionalInt.of(2), OptionalLong.of(200), OptionalInt.of(2));

  private final SettableClock clock = new SettableClock();
  private final KeyMeters meters = new KeyMeters(clock);
  private final RefusalCounts counts = new RefusalCounts();

  @Test
  void requests_of_all_keys_count_and_one_that_the_user_is_refused_does_not_count_for_the_key() {
    RequestLimits limits = new CountedRequestLimits(meters, counts);
    KeyHolder first = Holders.key(1, 7, TWO, THREE);
    KeyHolder second = Holders.key(2, 7, TWO, THREE);
    assertThat(limits.tryAcquire(first)).isInstanceOf(Decision.Allowed.class);
    assertThat(limits.tryAcquire(first))
        .as("the key's limit is the tighter")
        .isEqualTo(new Decision.Allowed(2, 0, Duration.ofMinutes(1)));
    assertThat(limits.tryAcquire(second))
        .as("the user's limit is the tighter")
        .isEqualTo(new Decision.Allowed(3, 0, Duration.ofMinutes(1)));
    assertThat(limits.tryAcquire(second))
        .isInstanceOfSatisfying(
            Decision.Refused.class, refused -> assertThat(refused.scope()).isEqualTo(Scope.USER));
    assertThat(limits.tryAcquire(first))
        .isInstanceOfSatisfying(
            Decision.Refused.class, refused -> assertThat(refused.scope()).isEqualTo(Scope.KEY));
    // as if the plan had ended: the second key has one left of its own
    assertThat(limits.tryAcquire(Holders.key(2, 7, TWO)))
        .isEqualTo(new Decision.Allowed(2, 0, Duration.ofMinutes(1)));
    assertThat(limits.tryAcquire(Holders.key(7, 8, KeyRates.NONE, THREE)))
        .as("a key with the user's number is another's")
        .isEqualTo(new Decision.Allowed(3, 2, Duration.ofMinutes(1)));
  }

  @Test
  void tokens_of_all_keys_count_and_what_was_not_used_comes_back_to_both() {
    TokenLimits limits = new CountedTokenLimits(meters, counts);
    KeyHolder first = Holders.key(1, 7, TWO, THREE);
    KeyHolder second = Holders.key(2, 7, KeyRates.NONE, THREE);
    Reserved reserved = (Reserved) limits.tryReserve(first, 200);
    assertThat(reserved.limit()).isEqualTo(200);
    assertThat(limits.tryReserve(second, 101))
        .isInstanceOfSatisfying(
            TokenLimits.Refused.class,
            refused -> {
              assertThat(refused.scope()).isEqualTo(Scope.USER);
              assertThat(refused.refusal().sentence()).startsWith("the user's limit of 300 tokens");
            });
    assertThat(limits.tryReserve(first, 1))
        .isInstanceOfSatisfying(
            TokenLimits.Refused.class, refused -> assertThat(refused.scope()).isEqualTo(Scope.KEY));
    reserved.used(50);
    assertThat(((Reserved) limits.tryReserve(second, 250)).remaining()).isZero();
    assertThat(limits.tryReserve(first, 1)).isInstanceOf(TokenLimits.Refused.class);
  }

  @Test
  void requests_at_one_time_of_all_keys_count_and_each_gives_its_places_back() {
    ConcurrencyLimits limits = new CountedConcurrencyLimits(256, 512, meters, counts);
    KeyHolder first = Holders.key(1, 7, TWO, THREE);
    KeyHolder second = Holders.key(2, 7, KeyRates.NONE, THREE);
    Admitted one = (Admitted) limits.tryBegin(first);
    assertThat(limits.tryBegin(first)).isInstanceOf(Admitted.class);
    assertThat(limits.tryBegin(first)).isEqualTo(new ConcurrencyLimits.Refused(Scope.KEY, 2));
    assertThat(limits.tryBegin(second))
        .as("nothing kept by the refused")
        .isInstanceOf(Admitted.class);
    assertThat(limits.tryBegin(second)).isEqualTo(new ConcurrencyLimits.Refused(Scope.USER, 3));
    one.close();
    one.close();
    assertThat(limits.tryBegin(second)).isInstanceOf(Admitted.class);
    assertThat(limits.tryBegin(second)).isEqualTo(new ConcurrencyLimits.Refused(Scope.USER, 3));
  }
}

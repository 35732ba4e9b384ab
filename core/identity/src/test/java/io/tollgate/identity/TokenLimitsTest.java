package io.tollgate.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.data.testing.SettableClock;
import io.tollgate.identity.TokenLimits.Refused;
import io.tollgate.identity.TokenLimits.Reserved;
import io.tollgate.identity.internal.RefusalCounts;
import io.tollgate.identity.internal.rates.CountedTokenLimits;
import io.tollgate.identity.internal.rates.KeyMeters;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokenLimitsTest {
  private final SettableClock clock = new SettableClock();
  private final TokenLimits limits =
      new CountedTokenLimits(new KeyMeters(clock), new RefusalCounts());

  @Test
  void what_does_not_fit_is_refused_until_enough_is_a_minute_old() {
    Reserved first = reserved(1, 600);
    assertThat(first.limit()).isEqualTo(1_000);
    assertThat(first.remaining()).isEqualTo(400);
    clock.advance(Duration.ofSeconds(10));
    assertThat(reserved(1, 400).remaining()).isZero();

    clock.advance(Duration.ofSeconds(10));
    Refused refused = (Refused) limits.tryReserve(key(1), 500);
    assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(40));
    assertThat(refused.reset()).isEqualTo(Duration.ofSeconds(50));
    clock.advance(Duration.ofSeconds(40).minusNanos(1));
    assertThat(limits.tryReserve(key(1), 500)).isInstanceOf(Refused.class);
    clock.advance(Duration.ofNanos(1));
    assertThat(reserved(1, 500).remaining()).isEqualTo(100);
  }

  @Test
  void what_was_reserved_too_much_is_free_at_once() {
    Reserved first = reserved(1, 1_000);
    clock.advance(Duration.ofSeconds(5));
    assertThat(limits.tryReserve(key(1), 1)).isInstanceOf(Refused.class);

    first.used(200);
    first.used(0);
    first.close();

    assertThat(reserved(1, 700).remaining()).isEqualTo(100);
    clock.advance(Duration.ofSeconds(55));
    assertThat(reserved(1, 300).remaining()).isZero();
  }

  @Test
  void what_was_used_beyond_counts_from_when_it_is_known() {
    Reserved first = reserved(1, 100);
    clock.advance(Duration.ofSeconds(30));
    first.used(1_500);

    clock.advance(Duration.ofSeconds(59));
    assertThat(limits.tryReserve(key(1), 1)).isInstanceOf(Refused.class);
    clock.advance(Duration.ofSeconds(1));
    assertThat(reserved(1, 1_000).remaining()).isZero();
  }

  @Test
  void what_is_told_after_the_window_changes_nothing_in_it() {
    Reserved first = reserved(1, 1_000);
    clock.advance(Duration.ofSeconds(61));
    reserved(1, 900);
    first.used(10);
    assertThat(limits.tryReserve(key(1), 101)).isInstanceOf(Refused.class);
    assertThat(reserved(1, 100).remaining()).isZero();
  }

  @Test
  void a_request_that_never_fits_says_so() {
    Refused refused = (Refused) limits.tryReserve(key(1), 1_001);
    assertThat(refused.refusal().sentence())
        .contains("may use 1001 tokens, more than the key's limit of 1000 tokens a minute");
    assertThat(refused.refusal().retryAfter()).contains(Duration.ofSeconds(60));
    assertThat(((Refused) limits.tryReserve(key(1), Long.MAX_VALUE)).asked())
        .isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void a_key_without_a_limit_is_never_refused() {
    KeyHolder free = Holders.key(9, 1, KeyRates.NONE);
    assertThat(limits.tryReserve(free, Long.MAX_VALUE)).isEqualTo(new TokenLimits.Unlimited());
  }

  @Test
  void in_no_minute_more_than_the_limit_is_reserved_or_used() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    record Span(long at, long tokens) {}
    Deque<Span> passed = new ArrayDeque<>();
    Deque<Reserved> open = new ArrayDeque<>();
    Deque<Span> spans = new ArrayDeque<>();
    long most = 0;
    for (int i = 0; i < 50_000; i++) {
      clock.advance(Duration.ofNanos(random.nextInt(200_000_000)));
      long now = clock.getAsLong();
      long tokens = random.nextInt(100);
      if (limits.tryReserve(key(1), tokens) instanceof Reserved reserved) {
        open.add(reserved);
        spans.add(new Span(now, tokens));
      }
      if (open.size() > 5) {
        Span span = spans.remove();
        long used = random.nextLong(span.tokens() + 1);
        open.remove().used(used);
        passed.add(new Span(span.at(), used));
      }
      while (!passed.isEmpty() && now - passed.peek().at() >= 60_000_000_000L) {
        passed.poll();
      }
      long total =
          passed.stream().mapToLong(Span::tokens).sum()
              + spans.stream().mapToLong(Span::tokens).sum();
      most = Math.max(most, total);
      assertThat(total).as("seed %d, request %d", seed, i).isLessThanOrEqualTo(1_000);
    }
    assertThat(most).as("seed %d", seed).isGreaterThan(900);
  }

  private Reserved reserved(long key, long tokens) {
    TokenLimits.Outcome outcome = limits.tryReserve(key(key), tokens);
    assertThat(outcome).isInstanceOf(Reserved.class);
    return (Reserved) outcome;
  }

  private static KeyHolder key(long id) {
    return Holders.key(
        id, 1, new KeyRates(OptionalInt.empty(), OptionalLong.of(1_000), OptionalInt.empty()));
  }
}

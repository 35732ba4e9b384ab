package io.tollgate.identity.internal.rates;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.data.testing.SettableClock;
import io.tollgate.data.testing.TestDatabase;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.identity.RateSharingConfig;
import io.tollgate.identity.internal.rates.RateMeters.Counted;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gateways that share limits over one PostgreSQL, in one process and by one clock. */
@Tag("slow")
class SharedRatesTest {
  private static final RateSharingConfig CONFIG =
      new RateSharingConfig(Duration.ofMillis(500), 5, Duration.ofSeconds(60));
  private static final Duration STEP = Duration.ofMillis(500);

  private final TestDatabase database = TestDatabase.create();
  private final SettableClock clock = new SettableClock();
  private final List<Gateway> gateways = new ArrayList<>();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void one_that_is_alone_has_every_limit_whole_from_its_first_request() {
    Gateway only = new Gateway();
    assertThat(only.passed(requests(1), 100, 150)).isEqualTo(100);
    assertThat(only.passed(tokens(1), 100_000, 1, 100_000)).isEqualTo(1);
    assertThat(only.passed(running(1), 10, 20)).isEqualTo(10);
  }

  @Test
  void who_comes_second_has_slices_until_the_first_has_seen_it_and_then_a_share() {
    Gateway first = new Gateway();
    assertThat(first.passed(requests(1), 100, 30)).isEqualTo(30);
    Gateway second = new Gateway();
    assertThat(second.passed(requests(1), 100, 100)).isEqualTo(5);
    second.rates.turn();
    assertThat(second.passed(requests(1), 100, 100)).as("the first has not seen it").isZero();

    first.rates.turn();
    assertThat(first.rates.alone()).isFalse();
    assertThat(first.passed(requests(1), 100, 1)).as("its share is whole").isEqualTo(1);
    turns(3);
    int more = second.passed(requests(1), 100, 100);
    assertThat(more).isBetween(30, 65);
    assertThat(first.passed(requests(1), 100, 100) + more + 31 + 5).isLessThanOrEqualTo(110);
  }

  @Test
  void a_share_is_given_back_when_it_is_idle_and_who_needs_it_has_it_all() {
    Gateway first = new Gateway();
    Gateway second = new Gateway();
    turns(2);
    first.passed(requests(1), 100, 100);
    turns(3);
    assertThat(first.passed(requests(1), 100, 100)).isGreaterThan(80);

    for (int i = 0; i < 130; i++) {
      step();
    }
    second.passed(requests(1), 100, 100);
    turns(2);
    assertThat(second.passed(requests(1), 100, 100)).isEqualTo(95);
  }

  @ParameterizedTest
  @CsvSource({"REQUESTS, 600", "TOKENS, 100000", "RUNNING, 100", "REQUESTS, 20", "RUNNING, 3"})
  void three_together_never_exceed_a_limit_by_more_than_their_slices_under_skewed_load(
      RateKind kind, long limit) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    RateId id = RateId.of(new ApiKeyId(7), kind);
    List<Gateway> three = List.of(new Gateway(), new Gateway(), new Gateway());
    Deque<long[]> window = new ArrayDeque<>();
    long inWindow = 0;
    long most = 0;
    long passedLate = 0;
    long each = kind == RateKind.TOKENS ? limit / 200 : 1;
    double[] skew = {0.8, 0.15, 0.05};
    int steps = 720;
    for (int step = 0; step < steps; step++) {
      if (step == steps / 2) {
        // the load moves to another
        skew = new double[] {0.05, 0.15, 0.8};
      }
      clock.advance(STEP);
      long now = clock.getAsLong();
      while (!window.isEmpty() && now - window.peek()[0] >= 60_000_000_000L) {
        inWindow -= window.poll()[1];
      }
      for (int g = 0; g < 3; g++) {
        Gateway gateway = three.get(g);
        if (kind == RateKind.RUNNING) {
          inWindow -= gateway.endSome(random);
        }
        // twice what the limit lets pass
        double mean =
            kind == RateKind.RUNNING ? limit * skew[g] : 2.0 * limit / each / 120 * skew[g];
        int attempts = (int) (mean + random.nextDouble());
        for (int i = 0; i < attempts; i++) {
          if (gateway.take(id, limit, each)) {
            inWindow += each;
            window.add(new long[] {now, each});
            passedLate += step >= steps - 120 ? each : 0;
          }
        }
        if (kind == RateKind.RUNNING) {
          window.clear();
        }
        most = Math.max(most, inWindow);
        gateway.rates.turn();
      }
    }
    long bound = limit + limit / 10 + 3 * CONFIG.slice(limit);
    assertThat(most).as("seed %d", seed).isLessThanOrEqualTo(bound);
    if (kind != RateKind.RUNNING && limit > 100) {
      assertThat(passedLate)
          .as("seed %d, in the last minute", seed)
          .isGreaterThan(limit * 85 / 100);
    }
  }

  @Test
  void with_the_database_away_each_goes_on_with_its_share_and_later_with_its_slice() {
    Gateway first = new Gateway();
    Gateway second = new Gateway();
    turns(2);
    first.passed(requests(1), 100, 60);
    turns(3);
    database.close();

    int passed = first.passed(requests(1), 100, 100);
    assertThat(passed).isGreaterThan(60);
    assertThat(second.passed(requests(1), 100, 100)).isEqualTo(5);
    clock.advance(Duration.ofSeconds(59));
    first.rates.turn();
    assertThat(first.passed(requests(2), 100, 100)).isEqualTo(5);
    clock.advance(Duration.ofSeconds(1));
    assertThat(first.passed(requests(1), 100, 100)).isEqualTo(5);
  }

  @Test
  void one_that_is_alone_goes_on_with_whole_limits_for_a_bounded_time_only() {
    Gateway only = new Gateway();
    database.close();
    clock.advance(Duration.ofSeconds(59));
    only.rates.turn();
    assertThat(only.passed(requests(1), 100, 150)).isEqualTo(100);
    clock.advance(Duration.ofSeconds(61));
    assertThat(only.passed(requests(1), 100, 150)).isEqualTo(5);
  }

  @Test
  void who_was_taken_for_gone_has_nothing_any_more_and_joins_again() {
    Gateway first = new Gateway();
    Gateway second = new Gateway();
    turns(2);
    first.passed(requests(1), 100, 60);
    turns(3);
    sql(
        "UPDATE identity.rate_member SET seen_at = seen_at - interval '1 hour' WHERE id = '"
            + first.id
            + "'");
    second.rates.turn();
    assertThat(second.rates.alone()).isTrue();

    first.rates.turn();
    assertThat(first.rates.alone()).isFalse();
    assertThat(first.passed(requests(2), 100, 100)).isEqualTo(5);
    assertThat(count("identity.rate_member")).isEqualTo(2);
  }

  @Test
  void who_has_died_is_waited_for_and_who_starts_again_in_its_place_is_not() {
    Gateway died = new Gateway();
    died.passed(requests(1), 100, 100);
    Gateway other = new Gateway();
    other.rates.turn();
    assertThat(other.passed(requests(1), 100, 100)).isEqualTo(5);

    gateways.remove(died);
    Gateway again = new Gateway(died.id);
    assertThat(again.rates.alone()).isFalse();
    turns(2);
    again.passed(requests(1), 100, 100);
    turns(4);
    assertThat(again.passed(requests(1), 100, 100))
        .as("an even part, of which it had a slice")
        .isEqualTo(45);
    died.rates.turn();
    assertThat(died.passed(requests(3), 100, 100)).as("another has its place").isEqualTo(5);
    turns(1);
    assertThat(count("identity.rate_member")).isEqualTo(3);
  }

  @Test
  void who_leaves_is_counted_with_for_what_it_has_used_and_forgotten_afterwards() {
    Gateway first = new Gateway();
    Gateway second = new Gateway();
    turns(2);
    first.passed(requests(1), 100, 40);
    turns(3);
    int used = 5 + first.passed(requests(1), 100, 30);
    first.rates.leave();

    second.passed(requests(1), 100, 100);
    second.rates.turn();
    second.rates.turn();
    assertThat(5 + second.passed(requests(1), 100, 100)).isBetween(90 - used, 100 - used + 5);
    sql(
        "UPDATE identity.rate_member SET seen_at = seen_at - interval '61 seconds' WHERE id = '"
            + first.id
            + "'");
    second.rates.turn();
    assertThat(second.rates.alone()).isTrue();
    assertThat(count("identity.rate_share")).isZero();
  }

  @Test
  void a_lowered_limit_is_kept_to_by_all() {
    Gateway first = new Gateway();
    Gateway second = new Gateway();
    turns(2);
    for (int i = 0; i < 4; i++) {
      first.passed(running(1), 100, 100);
      second.passed(running(1), 100, 100);
      turns(1);
    }
    first.endAll();
    second.endAll();
    for (int i = 0; i < 6; i++) {
      first.passed(running(1), 10, 10);
      second.passed(running(1), 10, 10);
      first.endAll();
      second.endAll();
      turns(1);
    }
    assertThat(first.passed(running(1), 10, 100) + second.passed(running(1), 10, 100))
        .isBetween(8, 12);
  }

  @Test
  void a_key_within_half_its_slice_is_not_told_of_at_all() {
    Gateway first = new Gateway();
    Gateway second = new Gateway();
    turns(2);
    first.passed(requests(1), 1_000, 25);
    second.passed(requests(1), 1_000, 25);
    turns(3);
    assertThat(count("identity.rate_share")).isZero();
  }

  private void turns(int times) {
    for (int i = 0; i < times; i++) {
      gateways.forEach(gateway -> gateway.rates.turn());
    }
  }

  private void step() {
    clock.advance(STEP);
    turns(1);
  }

  private void sql(String statement) {
    var _ = database.transactions().write(tx -> tx.sql().execute(statement));
  }

  private long count(String table) {
    return database
        .transactions()
        .read(tx -> tx.sql().fetchSingle("SELECT count(*) FROM " + table).get(0, Long.class));
  }

  private static RateId requests(long key) {
    return RateId.of(new ApiKeyId(key), RateKind.REQUESTS);
  }

  private static RateId tokens(long key) {
    return RateId.of(new ApiKeyId(key), RateKind.TOKENS);
  }

  private static RateId running(long key) {
    return RateId.of(new ApiKeyId(key), RateKind.RUNNING);
  }

  /** One gateway's part. */
  private final class Gateway {
    final UUID id;
    final KeyMeters keys = new KeyMeters(clock);
    final SharedRates rates;
    final Deque<RateMeter> open = new ArrayDeque<>();

    Gateway() {
      this(UUID.randomUUID());
    }

    Gateway(UUID id) {
      this.id = id;
      rates = new SharedRates(database.transactions(), keys, id, CONFIG, clock);
      rates.turn();
      keys.share(rates, () -> {});
      gateways.add(this);
    }

    boolean take(RateId limited, long limit, long amount) {
      Counted counted = keys.tryTake(limited, limit, amount);
      if (counted.taking().passed() && limited.kind() == RateKind.RUNNING) {
        open.add(counted.meter());
      }
      return counted.taking().passed();
    }

    int passed(RateId limited, long limit, int attempts) {
      return passed(limited, limit, attempts, 1);
    }

    int passed(RateId limited, long limit, int attempts, long amount) {
      int passed = 0;
      for (int i = 0; i < attempts; i++) {
        passed += take(limited, limit, amount) ? 1 : 0;
      }
      return passed;
    }

    /** About half of those that run end; how many. */
    int endSome(Random random) {
      int some = open.isEmpty() ? 0 : random.nextInt(open.size() + 1);
      for (int i = 0; i < some; i++) {
        open.remove().end();
      }
      return some;
    }

    void endAll() {
      open.forEach(RateMeter::end);
      open.clear();
    }
  }
}

package io.tollgate.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.data.testing.SettableClock;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.config.Settings;
import io.tollgate.identity.IdentityConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class CredentialCacheTest {
  private static final SecretHash KEY = SecretHash.of("key");
  private final Refusal databaseAway = new Refusal(ErrorCode.UNAVAILABLE, "database away");

  private final SettableClock clock = new SettableClock();
  private final AtomicInteger loads = new AtomicInteger();
  private final AtomicInteger queries = new AtomicInteger();

  @Test
  void a_found_one_is_believed_until_it_is_no_longer_fresh() {
    CredentialCache<String> cache = cache(hash -> Optional.of("holder"));

    assertThat(cache.await(KEY)).contains("holder");
    clock.advance(Duration.ofMillis(9_999));
    assertThat(cache.get(KEY).toCompletableFuture()).isCompletedWithValue(Optional.of("holder"));
    assertThat(loads).hasValue(1);
    clock.advance(Duration.ofMillis(1));
    assertThat(cache.await(KEY)).contains("holder");
    assertThat(loads).hasValue(2);
  }

  @Test
  void one_is_believed_longer_while_every_change_is_heard_of() {
    CredentialCache<String> cache = cache(hash -> Optional.of("holder"));
    assertThat(cache.await(KEY)).contains("holder");
    cache.heard();
    clock.advance(Duration.ofSeconds(10));
    assertThat(cache.await(KEY)).as("read before changes were heard of").contains("holder");
    assertThat(loads).hasValue(2);

    clock.advance(Duration.ofSeconds(187));
    assertThat(cache.await(KEY)).contains("holder");
    assertThat(loads).hasValue(2);
    clock.advance(Duration.ofSeconds(113));
    assertThat(cache.await(KEY)).contains("holder");
    assertThat(loads).as("believed for that long and no longer").hasValue(3);

    clock.advance(Duration.ofSeconds(20));
    cache.deaf();
    assertThat(cache.await(KEY)).contains("holder");
    assertThat(loads).hasValue(4);
    cache.changed(KEY);
    assertThat(cache.await(KEY)).contains("holder");
    assertThat(loads).hasValue(5);
    cache.allChanged();
    assertThat(cache.await(KEY)).contains("holder");
    assertThat(loads).hasValue(6);
  }

  @Test
  void those_that_are_used_are_read_again_together_before_they_are_believed_no_longer() {
    CredentialCache<String> cache = cache(hash -> Optional.of("holder"));
    List<SecretHash> keys =
        IntStream.range(0, 1_000).mapToObj(i -> SecretHash.of("sk-" + i)).toList();
    cache.heard();
    clock.advance(Duration.ofMillis(1));
    keys.forEach(cache::await);
    assertThat(loads).hasValue(1_000);
    int asked = queries.get();

    clock.advance(Duration.ofSeconds(206));
    keys.forEach(key -> assertThat(cache.get(key).toCompletableFuture()).isCompleted());
    Awaitility.await().until(() -> loads.get() >= 1_400);
    assertThat(loads).as("each at a time of its own").hasValueLessThan(1_600);
    assertThat(queries.get() - asked).isLessThan(10);

    clock.advance(Duration.ofSeconds(20));
    keys.forEach(key -> assertThat(cache.get(key).toCompletableFuture()).isCompleted());
    Awaitility.await().untilAsserted(() -> assertThat(loads).hasValue(2_000));
    assertThat(queries.get() - asked).isLessThan(20);
  }

  @Test
  void one_that_was_ended_is_not_found_again_by_a_refresh() {
    AtomicInteger ended = new AtomicInteger();
    CredentialCache<String> cache =
        cache(hash -> ended.get() == 0 ? Optional.of("holder") : Optional.empty());
    cache.heard();
    clock.advance(Duration.ofMillis(1));
    assertThat(cache.await(KEY)).contains("holder");
    ended.set(1);
    clock.advance(Duration.ofSeconds(226));
    assertThat(cache.await(KEY)).as("still believed").contains("holder");
    Awaitility.await().untilAsserted(() -> assertThat(cache.await(KEY)).isEmpty());
  }

  @Test
  void one_that_is_presented_by_many_at_once_is_loaded_once_and_nobody_is_blocked() {
    CountDownLatch answer = new CountDownLatch(1);
    CredentialCache<String> cache =
        cache(
            hash -> {
              pass(answer);
              return Optional.of("holder");
            });

    List<CompletableFuture<Optional<String>>> all = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      all.add(cache.get(KEY).toCompletableFuture());
    }
    assertThat(all).noneMatch(CompletableFuture::isDone);
    answer.countDown();
    assertThat(all).allSatisfy(f -> assertThat(f.join()).contains("holder"));
    assertThat(loads).hasValue(1);
  }

  @Test
  void garbage_pushes_out_no_good_key_and_is_not_asked_for_again_at_once() {
    CredentialCache<String> cache =
        cache(hash -> hash.equals(KEY) ? Optional.of("holder") : Optional.empty());
    assertThat(cache.await(KEY)).contains("holder");

    for (int i = 0; i < 20_000; i++) {
      assertThat(cache.await(SecretHash.of("garbage " + i))).isEmpty();
    }
    assertThat(loads).hasValue(20_001);
    assertThat(cache.await(KEY)).contains("holder");
    assertThat(cache.await(SecretHash.of("garbage 19999"))).isEmpty();
    assertThat(loads).hasValueLessThan(20_003);
  }

  @Test
  void while_the_database_is_away_what_was_known_lately_holds_and_nothing_else() {
    AtomicInteger away = new AtomicInteger();
    CredentialCache<String> cache =
        cache(
            hash -> {
              if (away.get() == 1) {
                throw databaseAway;
              }
              return Optional.of("holder");
            });
    assertThat(cache.await(KEY)).contains("holder");
    away.set(1);

    clock.advance(Duration.ofSeconds(20));
    assertThat(cache.await(KEY)).contains("holder");
    assertThat(cache.await(KEY)).contains("holder");
    assertThat(loads).as("asked once, then not for a second").hasValue(2);
    clock.advance(Duration.ofSeconds(2));
    assertThat(cache.await(KEY)).contains("holder");
    assertThat(loads).hasValue(3);
    assertThatThrownBy(() -> cache.await(SecretHash.of("other"))).isSameAs(databaseAway);

    clock.advance(Duration.ofHours(1));
    assertThatThrownBy(() -> cache.await(KEY)).isSameAs(databaseAway);
    away.set(0);
    assertThat(cache.await(KEY)).contains("holder");
  }

  @Test
  void one_that_is_ended_while_it_is_loaded_is_not_remembered() {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    CredentialCache<String> cache =
        cache(
            hash -> {
              if (ended.getCount() == 0) {
                return Optional.empty();
              }
              reading.countDown();
              pass(ended);
              return Optional.of("holder");
            });

    CompletableFuture<Optional<String>> early = cache.get(KEY).toCompletableFuture();
    pass(reading);
    cache.forget(KEY);
    ended.countDown();
    assertThat(early.join()).contains("holder");
    Awaitility.await().untilAsserted(() -> assertThat(cache.await(KEY)).isEmpty());
  }

  private CredentialCache<String> cache(Function<SecretHash, Optional<String>> loader) {
    return new CredentialCache<>(
        hashes -> {
          queries.incrementAndGet();
          Map<SecretHash, String> found = new HashMap<>();
          for (SecretHash hash : hashes) {
            loads.incrementAndGet();
            loader.apply(hash).ifPresent(holder -> found.put(hash, holder));
          }
          return found;
        },
        clock,
        IdentityConfig.from(
            Settings.merge(
                IdentityConfig.settings(), Map.of(), Map.of(), Map.of(), Map.of(), "file")));
  }

  private static void pass(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

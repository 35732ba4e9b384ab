package io.tollgate.relay.rules.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.data.testing.SettableClock;
import io.tollgate.data.testing.TestRedis;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.MasterKey;
import io.tollgate.redis.RedisConfig;
import io.tollgate.redis.RedisModule;
import io.tollgate.redis.RedisStore;
import io.tollgate.relay.rules.AnswerKey;
import io.tollgate.relay.rules.CacheConfig;
import io.tollgate.relay.rules.KeptAnswer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SharedAnswersTest {
  private static final Duration LONG = Duration.ofDays(30);
  private static final TenantId TENANT = new TenantId(7);
  private static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

  private final SettableClock clock = new SettableClock();
  private final MeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void an_answer_is_found_until_its_time_is_over() {
    SharedAnswers answers = answers(Optional.empty());
    AnswerKey key = key(answers, TENANT, 1, "a");
    answers.keep(key, answer("words"), Duration.ofSeconds(60));
    assertThat(found(answers, key, LONG)).map(KeptAnswer::body).contains("words".getBytes(UTF_8));
    clock.advance(Duration.ofSeconds(30));
    assertThat(found(answers, key, Duration.ofSeconds(31))).isPresent();
    assertThat(found(answers, key, Duration.ofSeconds(30))).as("too old for them").isEmpty();
    clock.advance(Duration.ofSeconds(30));
    assertThat(found(answers, key, LONG)).isEmpty();
  }

  @Test
  void tenants_generations_marks_and_bodies_are_told_apart() {
    SharedAnswers answers = answers(Optional.empty());
    AnswerKey key = key(answers, TENANT, 1, "a");
    assertThat(key(answers, TENANT, 1, "a")).isEqualTo(key);
    assertThat(key(answers, new TenantId(8), 1, "a")).isNotEqualTo(key);
    assertThat(key(answers, TENANT, 2, "a")).isNotEqualTo(key);
    assertThat(key(answers, TENANT, 1, "b")).isNotEqualTo(key);
    assertThat(answers.key(TENANT, 1, List.of("x", "y"), new byte[0]))
        .isNotEqualTo(answers.key(TENANT, 1, List.of("xy", ""), new byte[0]));
    assertThat(key.hex()).hasSize(64).matches("[0-9a-f]*");
  }

  @Test
  void what_is_too_large_is_not_kept_and_memory_has_a_bound() {
    SharedAnswers answers = answers(Optional.empty());
    AnswerKey large = key(answers, TENANT, 1, "large");
    answers.keep(large, answer("x".repeat(400_001)), LONG);
    assertThat(found(answers, large, LONG)).isEmpty();
    int kept = 20;
    for (int i = 0; i < kept; i++) {
      answers.keep(key(answers, TENANT, 1, "n" + i), answer("x".repeat(200_000)), LONG);
    }
    assertThat(registry.get("tollgate.relay.cache.bytes").gauge().value())
        .isBetween(1.0, 1_048_576.0);
    assertThat(registry.get("tollgate.relay.cache.entries").gauge().value()).isBetween(1.0, 6.0);
  }

  @Test
  @Tag("slow")
  void gateways_share_what_is_in_redis_encrypted_and_do_without_when_it_dies() {
    try (TestRedis server = TestRedis.start();
        RedisModule redis =
            RedisModule.over(
                new RedisConfig(Optional.of(server.url()), false, Duration.ofMillis(500)))) {
      RedisStore store = redis.store().orElseThrow();
      await().until(store::isConnected);
      SharedAnswers one = answers(Optional.of(store));
      SharedAnswers other = answers(Optional.of(store));
      AnswerKey key = key(one, TENANT, 1, "shared");
      one.keep(key, answer("words kp-1177"), Duration.ofHours(1));
      await().until(() -> found(other, key, LONG).isPresent());
      KeptAnswer shared = found(other, key, LONG).orElseThrow();
      assertThat(new String(shared.body(), UTF_8)).isEqualTo("words kp-1177");
      assertThat(shared.usage()).isEqualTo(answer("").usage());
      assertThat(shared.served()).contains(ServiceTier.FLEX);
      String stored =
          store
              .fields("tollgate:answer:" + key.hex(), List.of("v"))
              .toCompletableFuture()
              .join()
              .getFirst()
              .orElseThrow();
      assertThat(new String(Base64.getDecoder().decode(stored), UTF_8)).doesNotContain("kp-1177");
      server.kill();
      AnswerKey unknown = key(one, TENANT, 1, "unknown");
      assertThat(found(one, unknown, LONG)).isEmpty();
      assertThat(found(one, key, LONG)).as("memory knows it").isPresent();
      one.keep(unknown, answer("more"), LONG);
      assertThat(found(one, unknown, LONG)).isPresent();
    }
  }

  private static Optional<KeptAnswer> found(SharedAnswers answers, AnswerKey key, Duration age) {
    return answers.find(key, age).toCompletableFuture().join();
  }

  private static AnswerKey key(
      SharedAnswers answers, TenantId tenant, long generation, String body) {
    return answers.key(tenant, generation, List.of("mark"), body.getBytes(UTF_8));
  }

  private KeptAnswer answer(String words) {
    return new KeptAnswer(
        "application/json",
        words.getBytes(UTF_8),
        new TokenUsage(100, 10, 5, 20, 7),
        Optional.of(ServiceTier.FLEX),
        clock.instant());
  }

  private SharedAnswers answers(Optional<RedisStore> redis) {
    MasterKey master = MasterKey.parse(KEY);
    return new SharedAnswers(
        new CacheConfig(1, 400_000, 400_000),
        master.derive("HmacSHA256", "test"),
        master.secretBox("test", new SecureRandom()),
        redis,
        clock,
        clock,
        registry);
  }
}

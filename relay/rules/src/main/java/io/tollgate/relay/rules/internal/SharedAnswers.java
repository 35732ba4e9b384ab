package io.tollgate.relay.rules.internal;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.SecretBox;
import io.tollgate.redis.RedisStore;
import io.tollgate.relay.rules.AnswerCache;
import io.tollgate.relay.rules.AnswerKey;
import io.tollgate.relay.rules.CacheConfig;
import io.tollgate.relay.rules.KeptAnswer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/** The cache of one process: its memory first, then Redis. */
public final class SharedAnswers implements AnswerCache {
  private static final Executor THREADS =
      task -> {
        Thread unused = Thread.ofVirtual().name("kept-answer").start(task);
      };

  private final CacheConfig config;
  private final SecretKey secret;
  private final MemoryAnswers memory;
  private final Optional<RedisAnswers> redis;
  private final InstantSource clock;

  /**
   * @param secret from which keys are made, so that they tell nothing of requests
   * @param nanoTime monotonic time, as {@link System#nanoTime}
   * @param clock what time it is, for the age of answers
   */
  public SharedAnswers(
      CacheConfig config,
      SecretKey secret,
      SecretBox box,
      Optional<RedisStore> redis,
      LongSupplier nanoTime,
      InstantSource clock,
      MeterRegistry registry) {
    this.config = requireNonNull(config, "config is null");
    this.secret = requireNonNull(secret, "secret is null");
    this.clock = requireNonNull(clock, "clock is null");
    memory = new MemoryAnswers((long) config.memoryMib() << 20, nanoTime, registry);
    this.redis = redis.map(store -> new RedisAnswers(store, box, THREADS, registry));
  }

  @Override
  public int maxAnswerBytes() {
    return config.maxAnswerBytes();
  }

  @Override
  public int maxRequestBytes() {
    return config.maxRequestBytes();
  }

  @Override
  public AnswerKey key(TenantId tenant, long generation, List<String> marks, byte[] canonical) {
    Mac mac;
    try {
      mac = Mac.getInstance("HmacSHA256");
      mac.init(secret);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256 is missing from this Java", e);
    }
    mac.update(
        ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES)
            .putLong(tenant.value())
            .putLong(generation)
            .putInt(marks.size())
            .flip());
    for (String mark : marks) {
      byte[] utf8 = mark.getBytes(StandardCharsets.UTF_8);
      mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(utf8.length).flip());
      mac.update(utf8);
    }
    return new AnswerKey(HexFormat.of().formatHex(mac.doFinal(canonical)));
  }

  @Override
  public CompletionStage<Optional<KeptAnswer>> find(AnswerKey key, Duration maxAge) {
    Optional<KeptAnswer> here = memory.find(key).filter(answer -> isYoung(answer, maxAge));
    if (here.isPresent() || redis.isEmpty()) {
      return CompletableFuture.completedStage(here);
    }
    return redis
        .get()
        .find(key)
        .thenApply(
            found ->
                found
                    .filter(written -> isYoung(written.answer(), written.ttl()))
                    .map(written -> remembered(key, written))
                    .filter(answer -> isYoung(answer, maxAge)));
  }

  private KeptAnswer remembered(AnswerKey key, WrittenAnswer written) {
    KeptAnswer answer = written.answer();
    Duration left = written.ttl().minus(age(answer));
    if (left.isPositive()) {
      memory.put(key, answer, left);
    }
    return answer;
  }

  private boolean isYoung(KeptAnswer answer, Duration maxAge) {
    return age(answer).compareTo(maxAge) < 0;
  }

  private Duration age(KeptAnswer answer) {
    return Duration.between(answer.keptAt(), clock.instant());
  }

  @Override
  public void keep(AnswerKey key, KeptAnswer answer, Duration ttl) {
    if (answer.body().length <= config.maxAnswerBytes() && ttl.isPositive()) {
      memory.put(key, answer, ttl);
      redis.ifPresent(store -> store.put(key, new WrittenAnswer(answer, ttl)));
    }
  }
}

package io.tollgate.relay.rules.internal;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.identity.SecretBox;
import io.tollgate.redis.RedisStore;
import io.tollgate.relay.rules.AnswerKey;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/**
 * Answers in Redis, for all gateways, each encrypted for its key alone. Whatever goes wrong is a
 * miss. Safe for use by many threads; blocks nobody.
 */
final class RedisAnswers {
  private static final String PREFIX = "tollgate:answer:";
  private static final String FIELD = "v";
  private static final int MAX_WRITES = 64;
  private static final String PUT =
      """
      redis.call('HSET', KEYS[1], 'v', ARGV[1])
      redis.call('PEXPIRE', KEYS[1], ARGV[2])
      return 1
      """;

  private final RedisStore store;
  private final SecretBox box;
  private final Executor threads;
  private final Semaphore writes = new Semaphore(MAX_WRITES);
  private final Counter failures;

  /**
   * @param threads for encryption, which would make others on an event loop wait
   */
  RedisAnswers(RedisStore store, SecretBox box, Executor threads, MeterRegistry registry) {
    this.store = requireNonNull(store, "store is null");
    this.box = requireNonNull(box, "box is null");
    this.threads = requireNonNull(threads, "threads is null");
    this.failures = registry.counter("tollgate.relay.cache.redis.failures");
  }

  CompletionStage<Optional<WrittenAnswer>> find(AnswerKey key) {
    return store
        .fields(PREFIX + key.hex(), List.of(FIELD))
        .thenApplyAsync(fields -> fields.getFirst().flatMap(value -> open(key, value)), threads)
        .exceptionally(
            _ -> {
              failures.increment();
              return Optional.empty();
            });
  }

  private Optional<WrittenAnswer> open(AnswerKey key, String value) {
    return WrittenAnswer.read(box.open(Base64.getDecoder().decode(value), associated(key)));
  }

  /** Too many at once are not kept. */
  void put(AnswerKey key, WrittenAnswer answer) {
    if (!store.isConnected() || !writes.tryAcquire()) {
      failures.increment();
      return;
    }
    threads.execute(
        () -> {
          try {
            String sealed =
                Base64.getEncoder().encodeToString(box.seal(answer.bytes(), associated(key)));
            var _ =
                store
                    .run(
                        PUT,
                        PREFIX + key.hex(),
                        List.of(sealed, Long.toString(answer.ttl().toMillis())))
                    .handle((_, failure) -> written(failure != null));
          } catch (RuntimeException e) {
            var _ = written(true);
          }
        });
  }

  private boolean written(boolean failed) {
    writes.release();
    if (failed) {
      failures.increment();
    }
    return failed;
  }

  private static String associated(AnswerKey key) {
    return "relay.answer:" + key.hex();
  }
}

package io.tollgate.relay.rules.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.relay.rules.AnswerKey;
import io.tollgate.relay.rules.KeptAnswer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Answers in the memory of this process, up to a number of bytes; what is asked for least goes
 * first. Safe for use by many threads.
 */
final class MemoryAnswers {
  /** What an entry takes beside its body. */
  private static final int ENTRY_BYTES = 512;

  private final Cache<AnswerKey, Entry> entries;

  private record Entry(KeptAnswer answer, Duration ttl) {
    int bytes() {
      return answer.body().length + ENTRY_BYTES;
    }
  }

  MemoryAnswers(long maxBytes, LongSupplier nanoTime, MeterRegistry registry) {
    entries =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher((AnswerKey _, Entry entry) -> entry.bytes())
            .expireAfter(Expiry.creating((AnswerKey _, Entry entry) -> entry.ttl))
            .ticker(nanoTime::getAsLong)
            .executor(Runnable::run)
            .build();
    Gauge.builder("tollgate.relay.cache.bytes", entries, MemoryAnswers::bytes)
        .description("answers kept in memory")
        .register(registry);
    Gauge.builder("tollgate.relay.cache.entries", entries, Cache::estimatedSize).register(registry);
  }

  private static long bytes(Cache<AnswerKey, Entry> entries) {
    return entries.policy().eviction().orElseThrow().weightedSize().orElse(0);
  }

  Optional<KeptAnswer> find(AnswerKey key) {
    return Optional.ofNullable(entries.getIfPresent(key)).map(Entry::answer);
  }

  void put(AnswerKey key, KeptAnswer answer, Duration ttl) {
    entries.put(key, new Entry(answer, ttl));
  }
}

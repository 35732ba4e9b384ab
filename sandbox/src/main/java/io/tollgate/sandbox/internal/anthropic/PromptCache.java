package io.tollgate.sandbox.internal.anthropic;

import io.tollgate.sandbox.internal.content.Caching;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which beginnings of prompts are in the cache, and until when. A beginning of less than 1024
 * tokens is not kept, as with the real provider. Thread-safe.
 */
final class PromptCache {
  private static final int SHORTEST = 1024;
  private static final int MAX_BEGINNINGS = 10_000;
  private static final long FIVE_MINUTES_MS = 300_000;
  private static final long HOUR_MS = 3_600_000;

  private final InstantSource clock;

  /** When a beginning is forgotten, by what stands for it; the oldest use first. */
  private final Map<Long, Long> untilMs = new LinkedHashMap<>(16, 0.75f, true);

  PromptCache(InstantSource clock) {
    this.clock = clock;
  }

  /** What the cache does for a prompt with such marks; it keeps what is marked. */
  synchronized Caching use(CacheMarks given) {
    long nowMs = clock.millis();
    List<CacheMarks.Mark> marks =
        given.marks().stream().filter(mark -> mark.tokens() >= SHORTEST).toList();
    int read = 0;
    for (CacheMarks.Mark mark : marks) {
      if (untilMs.getOrDefault(mark.seed(), 0L) > nowMs) {
        read = mark.tokens();
      }
    }
    int hourUpTo = read;
    int upTo = read;
    for (CacheMarks.Mark mark : marks) {
      upTo = Math.max(upTo, mark.tokens());
      hourUpTo = mark.forHour() ? Math.max(hourUpTo, mark.tokens()) : hourUpTo;
      untilMs.put(mark.seed(), nowMs + (mark.forHour() ? HOUR_MS : FIVE_MINUTES_MS));
    }
    while (untilMs.size() > MAX_BEGINNINGS) {
      var oldest = untilMs.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    return new Caching(read, upTo - hourUpTo, hourUpTo - read, given.anyForHour());
  }
}

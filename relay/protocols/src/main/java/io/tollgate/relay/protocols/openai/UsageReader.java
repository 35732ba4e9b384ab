package io.tollgate.relay.protocols.openai;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.protocols.internal.JsonName;
import io.tollgate.relay.protocols.internal.JsonScanner;
import io.tollgate.relay.protocols.internal.JsonToken;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads usage objects. Several in one answer are states of one count: the last one is taken, they
 * are never added up. A report that cannot be true is not believed, nor is what came before it.
 */
final class UsageReader {
  private static final JsonName PROMPT = JsonName.of("prompt_tokens");
  private static final JsonName COMPLETION = JsonName.of("completion_tokens");
  private static final JsonName PROMPT_DETAILS = JsonName.of("prompt_tokens_details");
  private static final JsonName COMPLETION_DETAILS = JsonName.of("completion_tokens_details");
  private static final JsonName CACHED = JsonName.of("cached_tokens");
  private static final JsonName REASONING = JsonName.of("reasoning_tokens");
  // DeepSeek's name for cached tokens
  private static final JsonName CACHE_HIT = JsonName.of("prompt_cache_hit_tokens");

  private static final long ABSENT = -1;
  private static final long ABSURD = -2;

  private @Nullable TokenUsage reported;
  private @Nullable String disbelieved;
  private long prompt;
  private long completion;
  private long cached;
  private long reasoning;

  Optional<TokenUsage> reported() {
    return Optional.ofNullable(reported);
  }

  Optional<String> disbelieved() {
    return Optional.ofNullable(disbelieved);
  }

  /** Reads the members of the object whose start was just returned. */
  void read(JsonScanner scanner, byte[] bytes) {
    prompt = ABSENT;
    completion = ABSENT;
    cached = ABSENT;
    reasoning = ABSENT;
    while (scanner.next() != JsonToken.OBJECT_END) {
      if (scanner.is(PROMPT)) {
        prompt = count(scanner, bytes);
      } else if (scanner.is(COMPLETION)) {
        completion = count(scanner, bytes);
      } else if (scanner.is(CACHE_HIT)) {
        cached = count(scanner, bytes);
      } else if (scanner.is(PROMPT_DETAILS)) {
        readDetails(scanner, bytes, CACHED);
      } else if (scanner.is(COMPLETION_DETAILS)) {
        readDetails(scanner, bytes, REASONING);
      } else {
        scanner.skipValue();
      }
    }
    conclude();
  }

  private void readDetails(JsonScanner scanner, byte[] bytes, JsonName wanted) {
    JsonToken first = scanner.next();
    if (first != JsonToken.OBJECT_START) {
      scanner.skipRest(first);
      return;
    }
    while (scanner.next() != JsonToken.OBJECT_END) {
      if (!scanner.is(wanted)) {
        scanner.skipValue();
      } else if (wanted == CACHED) {
        cached = count(scanner, bytes);
      } else {
        reasoning = count(scanner, bytes);
      }
    }
  }

  private void conclude() {
    if (prompt == ABSENT && completion == ABSENT) {
      // an object without counts is no report
      return;
    }
    String wrong = whatIsWrong();
    if (wrong == null) {
      reported =
          new TokenUsage(
              atLeast0(prompt), atLeast0(cached), 0, atLeast0(completion), atLeast0(reasoning));
      disbelieved = null;
    } else {
      reported = null;
      disbelieved = wrong;
    }
  }

  private @Nullable String whatIsWrong() {
    if (prompt == ABSENT || completion == ABSENT) {
      return (prompt == ABSENT ? PROMPT : COMPLETION) + ": missing";
    }
    if (prompt == ABSURD || completion == ABSURD || cached == ABSURD || reasoning == ABSURD) {
      JsonName which =
          prompt == ABSURD
              ? PROMPT
              : completion == ABSURD ? COMPLETION : cached == ABSURD ? CACHED : REASONING;
      return which + ": not a whole number, 0 to " + TokenUsage.MAX_TOKENS;
    }
    if (cached > prompt) {
      return CACHED + ": " + cached + " (expected: at most " + PROMPT + ", " + prompt + ")";
    }
    if (reasoning > completion) {
      return REASONING
          + ": "
          + reasoning
          + " (expected: at most "
          + COMPLETION
          + ", "
          + completion
          + ")";
    }
    return null;
  }

  private static long atLeast0(long count) {
    return Math.max(0, count);
  }

  /** The number that follows; null counts as absent. */
  private static long count(JsonScanner scanner, byte[] bytes) {
    JsonToken token = scanner.next();
    if (token == JsonToken.NULL) {
      return ABSENT;
    }
    if (token != JsonToken.NUMBER) {
      scanner.skipRest(token);
      return ABSURD;
    }
    long value = 0;
    for (int i = scanner.start(); i < scanner.end(); i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return wholeAnyway(bytes, i, scanner.end()) ? value : ABSURD;
      }
      value = value * 10 + digit;
      if (value > TokenUsage.MAX_TOKENS) {
        return ABSURD;
      }
    }
    return value;
  }

  /** Some upstreams write whole numbers as 12.0. */
  private static boolean wholeAnyway(byte[] bytes, int from, int to) {
    if (bytes[from] != '.') {
      return false;
    }
    for (int i = from + 1; i < to; i++) {
      if (bytes[i] != '0') {
        return false;
      }
    }
    return true;
  }
}

package io.tollgate.relay.protocols;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.contracts.UsageUnit;
import java.util.List;

/**
 * What a request asks for that its text does not tell: pictures, sound, searches. It is counted by
 * the piece; providers may report tokens instead.
 *
 * @param kind what a piece is; not a token
 * @param count how many are asked for, by our own count; at least 1
 * @param maxCount most that a report of them may hold; at least {@code count}
 * @param tokens what it may come to in tokens, beside those of the request's text
 * @param variants names under which a price list may have a price of its own for a piece, such as
 *     that of a picture of some size and quality; the most exact first
 */
public record AskedUnits(
    UsageKind kind, long count, long maxCount, TokenUsage tokens, List<ServiceTier> variants) {
  public AskedUnits {
    requireNonNull(kind, "kind is null");
    requireNonNull(tokens, "tokens is null");
    variants = List.copyOf(variants);
    if (kind.unit() == UsageUnit.TOKEN) {
      throw new IllegalArgumentException(kind.code() + " (expected: no kind of token)");
    }
    if (count < 1 || maxCount < count || maxCount > TokenUsage.MAX_OTHER_UNITS) {
      throw new IllegalArgumentException(
          kind.code()
              + ": "
              + count
              + ", at most "
              + maxCount
              + " (expected: 1 to "
              + TokenUsage.MAX_OTHER_UNITS
              + ")");
    }
  }

  /** All that is asked for, by the piece. */
  public TokenUsage pieces() {
    return TokenUsage.builder().add(kind, count).build();
  }
}

package io.tollgate.relay.protocols.usage;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.contracts.UsagePart;

/**
 * What a request asks for that is counted by the piece, once it is known in what its model has a
 * price: in pieces, in tokens, or in both.
 *
 * @param kind what a piece is
 * @param count how many are asked for, by our own count
 * @param maxCount most that a report of them may hold
 * @param tokens what all of it may come to in tokens, its text included
 * @param byPiece whether a piece has a price
 * @param byToken whether those tokens have a price
 */
public record PricedUnits(
    UsageKind kind,
    long count,
    long maxCount,
    TokenUsage tokens,
    boolean byPiece,
    boolean byToken) {
  public PricedUnits {
    requireNonNull(kind, "kind is null");
    requireNonNull(tokens, "tokens is null");
    if (count < 1 || maxCount < count) {
      throw new IllegalArgumentException(
          "pieces: " + count + ", at most " + maxCount + " (expected: at least 1)");
    }
  }

  /** All pieces that are asked for. */
  public TokenUsage pieces() {
    return pieces(count);
  }

  /** So many pieces. */
  TokenUsage pieces(long number) {
    return TokenUsage.builder().add(kind, Math.min(TokenUsage.MAX_OTHER_UNITS, number)).build();
  }

  /** What so many of the pieces that were asked for come to in tokens. */
  TokenUsage tokensOf(long number) {
    if (number >= count) {
      return tokens;
    }
    TokenUsage.Builder part = TokenUsage.builder();
    tokens.forEach(
        (tokenKind, tokenCount) ->
            part.add(
                tokenKind,
                tokenKind.part().side() == UsagePart.Side.OUTPUT
                    ? Math.ceilDiv(tokenCount * number, count)
                    : tokenCount));
    return part.build();
  }
}

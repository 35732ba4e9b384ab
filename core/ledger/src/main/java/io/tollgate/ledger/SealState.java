package io.tollgate.ledger;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far the books are sealed. The head is to be kept outside the database: whoever has it can
 * show later that nothing before it was changed.
 *
 * @param head the last seal; empty before the first
 * @param unsealed transfers that wait for their seal
 * @param oldestUnsealed when the oldest of them was posted
 * @param at the database's time of reading
 */
public record SealState(
    Optional<Head> head, long unsealed, Optional<Instant> oldestUnsealed, Instant at) {
  public SealState {
    requireNonNull(head, "head is null");
    requireNonNull(oldestUnsealed, "oldestUnsealed is null");
    requireNonNull(at, "at is null");
  }

  /** How long the oldest transfer has been waiting; zero where none waits. */
  public Duration age() {
    return oldestUnsealed
        .map(oldest -> Duration.between(oldest, at))
        .filter(Duration::isPositive)
        .orElse(Duration.ZERO);
  }

  /** As the audit notes it. */
  @Override
  public String toString() {
    String sealed =
        head.map(last -> "seal " + last.number() + " of " + last.sealedAt() + " is " + last.hash())
            .orElse("no seal yet");
    return "sealed: %s; %d transfers wait, the oldest for %.1f s"
        .formatted(sealed, unsealed, age().toMillis() / 1e3);
  }

  /**
   * A seal.
   *
   * @param number from 1
   * @param hash SHA-256 in hexadecimal
   */
  public record Head(long number, String hash, Instant sealedAt) {
    public Head {
      requireNonNull(hash, "hash is null");
      requireNonNull(sealedAt, "sealedAt is null");
    }
  }
}

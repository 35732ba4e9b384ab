package io.tollgate.metering.internal.shard;

import static java.util.Objects.requireNonNull;

import io.tollgate.metering.Durability;

/**
 * Bounds of one shard.
 *
 * @param mostPassages requests under way at once
 * @param mostWallets users whose accounts are remembered
 */
public record ShardTerms(Durability durability, int mostPassages, int mostWallets) {
  public ShardTerms {
    requireNonNull(durability, "durability is null");
    if (mostPassages < 1 || mostWallets < 1) {
      throw new IllegalArgumentException(
          "passages: "
              + mostPassages
              + ", wallets: "
              + mostWallets
              + " (expected: each at least 1)");
    }
  }
}

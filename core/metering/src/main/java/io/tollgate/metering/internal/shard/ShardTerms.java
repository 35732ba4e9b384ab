package io.tollgate.metering.internal.shard;

import static java.util.Objects.requireNonNull;

import io.tollgate.metering.Durability;

/**
 * Bounds of one shard.
 *
 * @param maxPassages requests under way at once
 * @param maxWallets users whose accounts are remembered
 */
public record ShardTerms(Durability durability, int maxPassages, int maxWallets) {
  public ShardTerms {
    requireNonNull(durability, "durability is null");
    if (maxPassages < 1 || maxWallets < 1) {
      throw new IllegalArgumentException(
          "passages: " + maxPassages + ", wallets: " + maxWallets + " (expected: each at least 1)");
    }
  }
}

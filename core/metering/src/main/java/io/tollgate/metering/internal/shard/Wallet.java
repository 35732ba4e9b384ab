package io.tollgate.metering.internal.shard;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which accounts a user pays from. Amounts are not in it: those are leased.
 *
 * @param purses token quotas and money in paying order, without what had expired when it was read
 * @param owing whether an earlier request cost more than the means covered
 */
public record Wallet(List<Purse> purses, boolean owing) {
  public Wallet {
    purses = List.copyOf(purses);
  }

  /** Whose wallet. */
  public record Owner(TenantId tenant, UserId user) {
    public Owner {
      requireNonNull(tenant, "tenant is null");
      requireNonNull(user, "user is null");
    }
  }

  /** An account that pays. */
  public record Purse(AccountId account, Asset asset, Optional<Instant> expiresAt) {
    public Purse {
      requireNonNull(account, "account is null");
      requireNonNull(asset, "asset is null");
      requireNonNull(expiresAt, "expiresAt is null");
    }
  }
}

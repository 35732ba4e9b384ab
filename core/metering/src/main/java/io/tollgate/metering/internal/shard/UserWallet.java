package io.tollgate.metering.internal.shard;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.metering.SpendLimit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which accounts a user pays from, and which limits spending counts against. Amounts are not in it:
 * those are leased.
 *
 * @param accounts token quotas and money in paying order, without what had expired when it was read
 * @param limits of the user, all their keys, and their tenant
 * @param owing whether an earlier request cost more than the means covered
 */
public record UserWallet(List<PayingAccount> accounts, List<SpendLimit> limits, boolean owing) {
  public UserWallet {
    accounts = List.copyOf(accounts);
    limits = List.copyOf(limits);
  }

  /** A wallet of which everything may be spent. */
  public UserWallet(List<PayingAccount> accounts, boolean owing) {
    this(accounts, List.of(), owing);
  }

  /** Whether something of it has ended by then, so that it has to be read anew. */
  boolean endedBy(Instant at) {
    // asked at each request: no streams
    for (PayingAccount account : accounts) {
      if (isOver(account.expiresAt(), at)) {
        return true;
      }
    }
    for (SpendLimit limit : limits) {
      if (isOver(limit.until(), at)) {
        return true;
      }
    }
    return false;
  }

  static boolean isOver(Optional<Instant> end, Instant at) {
    return end.isPresent() && !end.get().isAfter(at);
  }

  /** Whose wallet. */
  public record Owner(TenantId tenant, UserId user) {
    public Owner {
      requireNonNull(tenant, "tenant is null");
      requireNonNull(user, "user is null");
    }
  }

  /**
   * An account that pays.
   *
   * @param grant whether it was given for a time: there may be very many of these
   */
  public record PayingAccount(
      AccountId account, Asset asset, Optional<Instant> expiresAt, boolean grant) {
    public PayingAccount {
      requireNonNull(account, "account is null");
      requireNonNull(asset, "asset is null");
      requireNonNull(expiresAt, "expiresAt is null");
    }
  }
}

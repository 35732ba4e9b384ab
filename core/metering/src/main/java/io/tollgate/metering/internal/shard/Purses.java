package io.tollgate.metering.internal.shard;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.metering.internal.shard.Wallet.Purse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The accounts that one request may be paid from, in paying order: fixed by the time it was opened.
 * So few of each kind that a log record holds them; those that come later pay once the first are
 * used up.
 */
record Purses(List<AccountId> quota, List<AccountId> money) {
  private static final int MOST_OF_A_KIND = 8;

  static Purses of(Wallet wallet, Asset currency, Instant openedAt) {
    List<AccountId> quota = new ArrayList<>(2);
    List<AccountId> money = new ArrayList<>(2);
    for (Purse purse : wallet.purses()) {
      boolean expired = purse.expiresAt().isPresent() && !purse.expiresAt().get().isAfter(openedAt);
      List<AccountId> kind =
          purse.asset().equals(Asset.TOKEN)
              ? quota
              : purse.asset().equals(currency) ? money : List.of();
      if (!expired && kind.size() < MOST_OF_A_KIND && (kind == quota || kind == money)) {
        kind.add(purse.account());
      }
    }
    return new Purses(quota, money);
  }
}

package io.tollgate.metering.internal.shard;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.metering.PassageRequest;
import io.tollgate.metering.SpendLimit;
import io.tollgate.metering.internal.shard.UserWallet.PayingAccount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The accounts that one request may be paid from, in paying order, and the limits it counts
 * against: fixed by the time it was opened. So few of each kind that a log record holds them; those
 * that come later pay once the first are used up.
 */
record PassageAccounts(List<AccountId> quota, List<AccountId> money, List<SpendLimit> limits) {
  static final PassageAccounts NONE = new PassageAccounts(List.of(), List.of(), List.of());

  private static final int MAX_OF_A_KIND = 8;

  static PassageAccounts of(UserWallet wallet, PassageRequest request) {
    Asset currency = request.quote().currency();
    Instant openedAt = request.openedAt();
    List<AccountId> quota = new ArrayList<>(2);
    List<AccountId> money = new ArrayList<>(2);
    for (PayingAccount account : wallet.accounts()) {
      boolean expired = UserWallet.isOver(account.expiresAt(), openedAt);
      List<AccountId> kind =
          account.asset().equals(Asset.TOKEN)
              ? quota
              : account.asset().equals(currency) ? money : List.of();
      if (!expired && kind.size() < MAX_OF_A_KIND && (kind == quota || kind == money)) {
        kind.add(account.account());
      }
    }
    return new PassageAccounts(quota, money, limits(wallet, request));
  }

  /** The allowances that money counts against. */
  List<AccountId> allowances() {
    return limits.isEmpty() ? List.of() : limits.stream().map(SpendLimit::account).toList();
  }

  /** For a refusal: nobody has kept which of them was short. */
  String limitsInWords() {
    return "the spend limit of the "
        + limits.stream()
            .map(limit -> limit.scope().code())
            .distinct()
            .collect(Collectors.joining(" or "));
  }

  private static List<SpendLimit> limits(UserWallet wallet, PassageRequest request) {
    if (wallet.limits().isEmpty()) {
      return List.of();
    }
    return wallet.limits().stream()
        .filter(limit -> limit.currency().equals(request.quote().currency()))
        .filter(limit -> limit.key().isEmpty() || limit.key().get().equals(request.apiKey()))
        .filter(limit -> !UserWallet.isOver(limit.until(), request.openedAt()))
        .toList();
  }
}

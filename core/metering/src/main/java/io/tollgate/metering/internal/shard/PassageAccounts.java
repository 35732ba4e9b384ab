package io.tollgate.metering.internal.shard;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.metering.PassageRequest;
import io.tollgate.metering.SpendLimit;
import io.tollgate.metering.internal.shard.UserWallet.PayingAccount;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The accounts that one request may be paid from, in paying order, and the limits it counts
 * against: fixed by the time it was opened. So few of each kind that a log record holds them; where
 * a user has more grants than that, what those have that come later is gathered when it is needed.
 * Confined to the loop.
 */
final class PassageAccounts {
  static final PassageAccounts NONE =
      new PassageAccounts(new PayingOrder(), new PayingOrder(), List.of());

  private final PayingOrder quota;
  private final PayingOrder money;
  private final List<SpendLimit> limits;

  private PassageAccounts(PayingOrder quota, PayingOrder money, List<SpendLimit> limits) {
    this.quota = quota;
    this.money = money;
    this.limits = limits;
  }

  static PassageAccounts of(UserWallet wallet, PassageRequest request) {
    Asset currency = request.quote().currency();
    Instant openedAt = request.openedAt();
    PayingOrder quota = new PayingOrder();
    PayingOrder money = new PayingOrder();
    for (PayingAccount account : wallet.accounts()) {
      if (UserWallet.isOver(account.expiresAt(), openedAt)) {
        continue;
      }
      if (account.asset().equals(Asset.TOKEN)) {
        quota.add(account);
      } else if (account.asset().equals(currency)) {
        money.add(account);
      }
    }
    quota.keepWhatFits();
    money.keepWhatFits();
    return new PassageAccounts(quota, money, limits(wallet, request));
  }

  /** Accounts that pay in tokens. */
  PayingOrder quota() {
    return quota;
  }

  /** Accounts that pay in the currency of the price. */
  PayingOrder money() {
    return money;
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

package io.tollgate.metering.internal.simulation.passage;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.metering.SpendLimit;
import io.tollgate.metering.internal.shard.UserWallet;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who calls, and which accounts they pay from. */
final class People {
  static final Asset USD = Asset.money("USD");
  static final Instant BEGIN = Instant.parse("2026-01-31T12:00:00Z");

  /** When the first user's first quota expires: within long histories. */
  static final Instant EXPIRY = BEGIN.plusSeconds(20);

  static final AccountId EXPIRING = new AccountId(1);
  static final AccountId QUOTA = new AccountId(2);
  static final AccountId MONEY = new AccountId(3);
  static final AccountId OTHER_MONEY = new AccountId(4);

  /** What the first user may spend, and what both may together: less than their money. */
  static final AccountId FIRST_LIMIT = new AccountId(5);

  static final AccountId COMMON_LIMIT = new AccountId(6);

  static final Asset ALLOWANCE = Asset.allowance(USD);
  static final TenantId TENANT = new TenantId(1);
  static final UserWallet.Owner FIRST = new UserWallet.Owner(TENANT, new UserId(1001));
  static final UserWallet.Owner OTHER = new UserWallet.Owner(TENANT, new UserId(1002));

  private static final Map<AccountId, Long> BEGINNING =
      Map.of(
          EXPIRING, 60L,
          QUOTA, 90L,
          MONEY, 1_500L,
          OTHER_MONEY, 900L,
          FIRST_LIMIT, 1_100L,
          COMMON_LIMIT, 1_700L);

  private People() {}

  static List<AccountId> accounts() {
    return List.of(EXPIRING, QUOTA, MONEY, OTHER_MONEY, FIRST_LIMIT, COMMON_LIMIT);
  }

  static long beginning(AccountId account) {
    return BEGINNING.getOrDefault(account, 0L);
  }

  static Asset asset(AccountId account) {
    if (account.equals(FIRST_LIMIT) || account.equals(COMMON_LIMIT)) {
      return ALLOWANCE;
    }
    return account.equals(EXPIRING) || account.equals(QUOTA) ? Asset.TOKEN : USD;
  }

  /** Which limits a user's spending counts against. */
  static List<AccountId> limits(UserWallet.Owner owner) {
    return owner.equals(FIRST) ? List.of(FIRST_LIMIT, COMMON_LIMIT) : List.of(COMMON_LIMIT);
  }

  static UserWallet.Owner owner(AccountId account) {
    return account.equals(OTHER_MONEY) ? OTHER : FIRST;
  }

  /** Where a user's money is that no grant covers. */
  static AccountId balance(UserWallet.Owner owner) {
    return owner.equals(OTHER) ? OTHER_MONEY : MONEY;
  }

  static boolean expired(AccountId account, Instant now) {
    return account.equals(EXPIRING) && !now.isBefore(EXPIRY);
  }

  static UserWallet wallet(UserWallet.Owner owner, boolean limited, boolean owing, Instant now) {
    List<SpendLimit> limits =
        limited ? limits(owner).stream().map(People::limit).toList() : List.of();
    UserWallet.PayingAccount money =
        new UserWallet.PayingAccount(balance(owner), USD, Optional.empty(), false);
    if (owner.equals(OTHER)) {
      return new UserWallet(List.of(money), limits, owing);
    }
    UserWallet.PayingAccount quota =
        new UserWallet.PayingAccount(QUOTA, Asset.TOKEN, Optional.empty(), false);
    UserWallet.PayingAccount expiring =
        new UserWallet.PayingAccount(EXPIRING, Asset.TOKEN, Optional.of(EXPIRY), true);
    return expired(EXPIRING, now)
        ? new UserWallet(List.of(quota, money), limits, owing)
        : new UserWallet(List.of(expiring, quota, money), limits, owing);
  }

  private static SpendLimit limit(AccountId account) {
    SpendLimit.Scope scope =
        account.equals(FIRST_LIMIT) ? SpendLimit.Scope.USER : SpendLimit.Scope.TENANT;
    return new SpendLimit(scope, account, USD, Optional.empty(), Optional.empty());
  }
}

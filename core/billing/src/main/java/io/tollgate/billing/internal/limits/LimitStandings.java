package io.tollgate.billing.internal.limits;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.SpendLimitStanding;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Amount;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.LedgerQueries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads what is left in the current windows of limits. */
final class LimitStandings {
  private final LedgerQueries ledger;
  private final TenantZones zones;
  private final WindowTable windows = new WindowTable();

  LimitStandings(LedgerQueries ledger, TenantZones zones) {
    this.ledger = requireNonNull(ledger, "ledger is null");
    this.zones = requireNonNull(zones, "zones is null");
  }

  /** The limits as they stand, in their order. */
  List<SpendLimitStanding> of(Transaction transaction, List<StoredLimit> limits, Instant now) {
    List<SpendWindow> current = new ArrayList<>(limits.size());
    List<WindowKey> keys = new ArrayList<>(limits.size());
    for (StoredLimit limit : limits) {
      SpendWindow window =
          SpendWindow.of(limit.key().span(), now, zones.require(transaction, limit.key().tenant()));
      current.add(window);
      keys.add(limit.in(window));
    }
    Map<WindowKey, WindowBalance> open = windows.read(transaction, keys);
    Map<AccountId, Account> allowances =
        ledger.accounts(transaction, open.values().stream().map(WindowBalance::account).toList());
    List<SpendLimitStanding> standings = new ArrayList<>(limits.size());
    for (int i = 0; i < limits.size(); i++) {
      WindowBalance row = open.get(keys.get(i));
      Account allowance = row == null ? null : allowances.get(row.account());
      StoredLimit limit = limits.get(i);
      Amount remaining =
          allowance == null
              ? limit.amount()
              : new Amount(limit.key().currency(), allowance.balance());
      standings.add(standing(limit, remaining, current.get(i)));
    }
    return standings;
  }

  private static SpendLimitStanding standing(
      StoredLimit limit, Amount remaining, SpendWindow window) {
    return new SpendLimitStanding(
        limit.id(),
        limit.key().tenant(),
        limit.key().scope(),
        limit.key().user(),
        limit.key().key(),
        limit.key().span(),
        limit.amount(),
        remaining,
        window.endsAt(),
        limit.createdAt(),
        limit.updatedAt());
  }
}

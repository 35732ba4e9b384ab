package io.tollgate.billing.internal.limits;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ledger.UserOfTenant;
import io.tollgate.metering.SpendLimit;
import io.tollgate.metering.SpendLimits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Tells under which spend limits charges of services are booked: those of their users and tenants,
 * as no API key has part in them. Reading it opens nothing and locks nothing, so that a transaction
 * that locks accounts can ask it at any time; windows are opened in one of their own. Safe for use
 * by many threads.
 */
public final class OpenLimits {
  private final TenantZones zones;
  private final SpendLimits limits;
  private final LimitsOfUsers table = new LimitsOfUsers();
  private final WindowTable windows = new WindowTable();

  OpenLimits(TenantZones zones, SpendLimits limits) {
    this.zones = requireNonNull(zones, "zones is null");
    this.limits = requireNonNull(limits, "limits is null");
  }

  /**
   * The limits of these users at a time.
   *
   * @param open by user, without those that have none
   * @param missing users of whom a window is not open yet
   * @param unsettled users of whom a window has not what its limit says, those with missing ones
   *     included
   */
  public record Found(
      Map<UserOfTenant, List<SpendLimit>> open,
      Set<UserOfTenant> missing,
      Set<UserOfTenant> unsettled) {
    /** The accounts of all open windows. */
    public Set<AccountId> allowances() {
      Set<AccountId> allowances = new LinkedHashSet<>();
      open.values().forEach(some -> some.forEach(one -> allowances.add(one.account())));
      return allowances;
    }
  }

  /** Reads them. */
  public Found read(Transaction transaction, Collection<UserOfTenant> users, Instant at) {
    List<LimitsOfUsers.Asked> asked = new ArrayList<>(users.size());
    for (UserOfTenant user : users) {
      zones
          .of(transaction, user.tenant())
          .ifPresent(zone -> asked.add(new LimitsOfUsers.Asked(user, at, zone)));
    }
    Map<UserOfTenant, List<SpendLimit>> open = new HashMap<>();
    Set<UserOfTenant> missing = new LinkedHashSet<>();
    Set<UserOfTenant> unsettled = new LinkedHashSet<>();
    for (LimitsOfUsers.Found one : table.read(transaction, asked)) {
      if (one.scope() == SpendLimit.Scope.KEY) {
        continue;
      }
      if (!one.applies()) {
        unsettled.add(one.user());
      }
      if (one.allowance().isEmpty()) {
        missing.add(one.user());
        continue;
      }
      open.computeIfAbsent(one.user(), _ -> new ArrayList<>())
          .add(
              new SpendLimit(
                  one.scope(),
                  one.allowance().get(),
                  one.window().currency(),
                  one.key(),
                  one.endsAt()));
    }
    return new Found(open, missing, unsettled);
  }

  /**
   * Opens the windows of these users, and moves what limits that were changed give more or less. In
   * a transaction of its own, as it locks accounts of tenants.
   */
  public void settle(Transaction transaction, Collection<UserOfTenant> users, Instant at) {
    SequencedMap<UserOfTenant, Instant> asked = new LinkedHashMap<>();
    users.forEach(user -> asked.put(user, at));
    var _ = limits.under(transaction, asked);
  }

  /**
   * Says that something comes back to allowances. Locks the rows of their windows, for which it is
   * called before accounts are locked; what a limit that was lowered does not give is taken back as
   * the windows are settled the next time.
   *
   * @return those whose window is open: nothing comes back to the others
   */
  public Set<AccountId> returning(
      Transaction transaction, Collection<AccountId> allowances, Instant now) {
    return windows.returning(transaction, allowances, now);
  }
}

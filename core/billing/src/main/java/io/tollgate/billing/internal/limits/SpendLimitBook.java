package io.tollgate.billing.internal.limits;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ledger.UserOfTenant;
import io.tollgate.metering.SpendLimit;
import io.tollgate.metering.SpendLimits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Tells under which limits users' requests run. One query where every window is open and has what
 * its limit gives; the rest is done on the way, in the same transaction.
 */
final class SpendLimitBook implements SpendLimits {
  private final TenantZones zones;
  private final WindowAllotments allotments;
  private final LimitsOfUsers limits = new LimitsOfUsers();

  SpendLimitBook(TenantZones zones, WindowAllotments allotments) {
    this.zones = requireNonNull(zones, "zones is null");
    this.allotments = requireNonNull(allotments, "allotments is null");
  }

  @Override
  public Map<UserOfTenant, List<SpendLimit>> under(
      Transaction transaction, SequencedMap<UserOfTenant, Instant> users) {
    List<LimitsOfUsers.Asked> asked = new ArrayList<>(users.size());
    users.forEach(
        (user, at) ->
            zones
                .of(transaction, user.tenant())
                .ifPresent(zone -> asked.add(new LimitsOfUsers.Asked(user, at, zone))));
    List<LimitsOfUsers.Found> found = limits.read(transaction, asked);
    if (found.isEmpty()) {
      return Map.of();
    }
    Map<WindowKey, AccountId> settled = settle(transaction, found);
    Map<UserOfTenant, List<SpendLimit>> limited = new HashMap<>();
    for (LimitsOfUsers.Found one : found) {
      Optional<AccountId> allowance =
          one.applies() ? one.allowance() : Optional.ofNullable(settled.get(one.window()));
      allowance.ifPresent(
          account ->
              limited
                  .computeIfAbsent(one.user(), user -> new ArrayList<>())
                  .add(limit(one, account)));
    }
    return limited;
  }

  private Map<WindowKey, AccountId> settle(
      Transaction transaction, List<LimitsOfUsers.Found> found) {
    Map<WindowKey, DueWindow> due = new HashMap<>();
    for (LimitsOfUsers.Found one : found) {
      if (!one.applies()) {
        due.put(
            one.window(),
            new DueWindow(one.limit(), one.window(), one.endsAt(), one.allowance().isEmpty()));
      }
    }
    return due.isEmpty() ? Map.of() : allotments.settle(transaction, due.values());
  }

  private static SpendLimit limit(LimitsOfUsers.Found one, AccountId account) {
    Optional<ApiKeyId> key = one.key();
    return new SpendLimit(one.scope(), account, one.window().currency(), key, one.endsAt());
  }
}

package io.tollgate.edge.admin;

import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.Tenant;
import io.tollgate.identity.User;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who stands in the rows of one page, and their tenants' clocks; read together. */
final class MemberNames {
  private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private final Map<UserId, User> users;
  private final Map<TenantId, ZoneId> zones;

  private MemberNames(Map<UserId, User> users, Map<TenantId, ZoneId> zones) {
    this.users = users;
    this.zones = zones;
  }

  static MemberNames read(
      Transaction transaction,
      IdentityModule identity,
      Collection<TenantId> tenants,
      Collection<UserId> users) {
    Map<TenantId, ZoneId> zones = new HashMap<>();
    for (TenantId each : new HashSet<>(tenants)) {
      identity
          .tenants()
          .find(transaction, each)
          .map(Tenant::zone)
          .ifPresent(zone -> zones.put(each, zone));
    }
    return new MemberNames(
        identity.users().find(transaction, new HashSet<>(users)), Map.copyOf(zones));
  }

  /** The user's address; null where a backend made the user. */
  @Nullable String email(@Nullable UserId user) {
    User found = user == null ? null : users.get(user);
    return found == null ? null : found.email().orElse(null);
  }

  /** A time on the tenant's clock, as merchants' interfaces write it. */
  String local(TenantId tenant, Instant time) {
    return LOCAL.format(time.atZone(zones.getOrDefault(tenant, ZoneOffset.UTC)));
  }
}

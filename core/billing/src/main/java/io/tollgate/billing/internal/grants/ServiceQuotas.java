package io.tollgate.billing.internal.grants;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.ServiceTerms;
import io.tollgate.billing.internal.grants.MonthGrants.Due;
import io.tollgate.data.Transaction;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.Tenant;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.UserOfTenant;
import io.tollgate.metering.Entitlements;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/** Gives users the free quota of services for the month, each once; the relay's too. */
public final class ServiceQuotas {
  private static final Comparator<Quota> IN_ORDER =
      Comparator.comparing((Quota quota) -> quota.tenant.value())
          .thenComparing(quota -> quota.asset.code());

  private final MonthGrants grants;
  private final Entitlements relay;

  /**
   * @param relay gives free tokens
   */
  public ServiceQuotas(Ledger ledger, Entitlements relay) {
    this.grants = new MonthGrants(ledger);
    this.relay = requireNonNull(relay, "relay is null");
  }

  /** A user who is to have the month's quota of a service. */
  public record Wanted(UserOfTenant user, Tenant tenant, ServiceTerms terms) {}

  /** The first instant of the next month of a tenant. */
  public static Instant monthEnd(Tenant tenant, Instant now) {
    return YearMonth.from(now.atZone(tenant.zone()))
        .plusMonths(1)
        .atDay(1)
        .atStartOfDay(tenant.zone())
        .toInstant();
  }

  /** Gives what has not been given; a few queries, however many they are. */
  public void ensure(Transaction transaction, Collection<Wanted> wanted, Instant now) {
    SequencedMap<UserOfTenant, Instant> tokens = new LinkedHashMap<>();
    // in one order, so that two transactions do not wait for each other's tenants in a circle
    Map<Quota, List<Due>> due = new TreeMap<>(IN_ORDER);
    for (Wanted each : new LinkedHashSet<>(wanted)) {
      if (each.terms.isRelay()) {
        tokens.put(each.user, now);
      } else {
        due.computeIfAbsent(new Quota(each.tenant.id(), each.terms.quota()), _ -> new ArrayList<>())
            .add(
                Due.of(
                    each.user,
                    each.terms.name(),
                    each.terms.quota(),
                    each.tenant.zone(),
                    each.terms.monthlyFree(),
                    now));
      }
    }
    due.forEach((quota, some) -> grants.give(transaction, quota.tenant, quota.asset, some));
    if (!tokens.isEmpty()) {
      relay.ensure(transaction, tokens);
    }
  }

  private record Quota(TenantId tenant, Asset asset) {}
}

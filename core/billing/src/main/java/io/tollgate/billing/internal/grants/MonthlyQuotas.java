package io.tollgate.billing.internal.grants;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.ServiceTerms;
import io.tollgate.billing.Services;
import io.tollgate.data.RecurringJob;
import io.tollgate.data.Transactions;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.Tenant;
import io.tollgate.identity.Tenants;
import io.tollgate.ledger.UserOfTenant;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Gives the new month's quota, as soon as it begins in a tenant's time zone, to all users who had
 * one of the service before; others get theirs when they first use it. Where it did not run when a
 * month began it gives the quota of the present one, and none of those between.
 */
public final class MonthlyQuotas {
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final int USERS_AT_ONCE = 200;

  private final Transactions transactions;
  private final Tenants tenants;
  private final Services services;
  private final ServiceQuotas quotas;
  private final InstantSource clock;

  /**
   * @param clock the database's time
   */
  public MonthlyQuotas(
      Transactions transactions,
      Tenants tenants,
      Services services,
      ServiceQuotas quotas,
      InstantSource clock) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.tenants = requireNonNull(tenants, "tenants is null");
    this.services = requireNonNull(services, "services is null");
    this.quotas = requireNonNull(quotas, "quotas is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  public RecurringJob job() {
    return new RecurringJob("billing.monthly_quotas", EVERY, this::run);
  }

  private void run() {
    transactions.read(MonthTable::tenants).forEach(this::run);
  }

  private void run(TenantId id) {
    Optional<Tenant> found = transactions.read(transaction -> tenants.find(transaction, id));
    if (found.isEmpty()) {
      return;
    }
    Tenant tenant = found.get();
    Instant now = clock.instant();
    YearMonth month = YearMonth.from(now.atZone(tenant.zone()));
    if (transactions.read(transaction -> MonthTable.isDone(transaction, id, month))) {
      return;
    }
    long after = 0;
    Optional<Long> last;
    do {
      long from = after;
      last =
          transactions.write(
              transaction -> {
                List<MonthTable.Had> some = MonthTable.had(transaction, id, from, USERS_AT_ONCE);
                Map<String, ServiceTerms> terms =
                    services.all(transaction, tenant, now).stream()
                        .collect(Collectors.toMap(each -> each.quota().code(), each -> each));
                quotas.ensure(
                    transaction,
                    some.stream()
                        .filter(each -> terms.containsKey(each.asset()))
                        .map(
                            each ->
                                new ServiceQuotas.Wanted(
                                    new UserOfTenant(id, each.user()),
                                    tenant,
                                    requireNonNull(terms.get(each.asset()), "a service is gone")))
                        .toList(),
                    now);
                return some.stream().map(each -> each.user().value()).max(Long::compare);
              });
      after = last.orElse(after);
    } while (last.isPresent());
    var _ =
        transactions.write(transaction -> MonthTable.done(transaction, id, month, clock.instant()));
  }
}

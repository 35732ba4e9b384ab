package io.tollgate.billing.internal.records;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.BillingRecords;
import io.tollgate.billing.ServiceTerms;
import io.tollgate.billing.Services;
import io.tollgate.billing.internal.grants.GivenGrants;
import io.tollgate.billing.internal.grants.ServiceQuotas;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.Tenant;
import io.tollgate.identity.Tenants;
import io.tollgate.identity.User;
import io.tollgate.identity.Users;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.UserOfTenant;
import io.tollgate.metering.UsageQueries;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;

/** Reads the books. */
public final class StoredRecords implements BillingRecords {
  private final Transactions transactions;
  private final Ledger ledger;
  private final Tenants tenants;
  private final Users users;
  private final Services services;
  private final ServiceQuotas quotas;
  private final UsageQueries usage;
  private final InstantSource clock;
  private final GivenGrants given = new GivenGrants();

  /**
   * @param transactions in which what was used is booked before it is read
   * @param clock the database's time
   */
  public StoredRecords(
      Transactions transactions,
      Ledger ledger,
      Tenants tenants,
      Users users,
      Services services,
      ServiceQuotas quotas,
      UsageQueries usage,
      InstantSource clock) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.ledger = requireNonNull(ledger, "ledger is null");
    this.tenants = requireNonNull(tenants, "tenants is null");
    this.users = requireNonNull(users, "users is null");
    this.services = requireNonNull(services, "services is null");
    this.quotas = requireNonNull(quotas, "quotas is null");
    this.usage = requireNonNull(usage, "usage is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public UserOfTenant user(TenantId tenant, String externalId) {
    User user =
        transactions.write(transaction -> users.findOrCreate(transaction, tenant, externalId));
    return new UserOfTenant(user.tenant(), user.id());
  }

  @Override
  public AccountView account(UserOfTenant user) {
    return transactions.write(
        transaction -> {
          Instant now = clock.instant();
          Tenant tenant = tenant(transaction, user);
          List<ServiceTerms> all = services.all(transaction, tenant, now);
          quotas.ensure(
              transaction,
              all.stream().map(each -> new ServiceQuotas.Wanted(user, tenant, each)).toList(),
              now);
          List<Account> accounts = ledger.ofUser(transaction, user.tenant(), user.user());
          String month = YearMonth.from(now.atZone(tenant.zone())).toString();
          return new AccountView(
              balance(accounts, tenant.currency()),
              all.stream().map(each -> quota(transaction, accounts, each, month)).toList());
        });
  }

  private QuotaView quota(
      Transaction transaction, List<Account> accounts, ServiceTerms terms, String month) {
    List<Account> grants =
        accounts.stream()
            .filter(each -> each.key().kind() == AccountKind.GRANT)
            .filter(each -> each.key().asset().equals(terms.quota()))
            .toList();
    List<AccountId> ids = grants.stream().map(Account::id).toList();
    long total = given.sum(transaction, ids);
    long left = grants.stream().mapToLong(Account::balance).reduce(0, Math::addExact);
    return new QuotaView(terms.name(), total, Math.max(0, total - left), month);
  }

  private static Amount balance(List<Account> accounts, Asset currency) {
    return new Amount(
        currency,
        accounts.stream()
            .filter(each -> each.key().asset().equals(currency))
            .mapToLong(Account::balance)
            .reduce(0, Math::addExact));
  }

  @Override
  public RecordPage records(UserOfTenant user, RecordFilter filter, int page, int pageSize) {
    return transactions.read(
        transaction -> RecordTable.page(transaction, user.user(), filter, page, pageSize));
  }

  @Override
  public ServiceStatistic today(UserOfTenant user, Optional<String> service) {
    return transactions.read(
        transaction -> {
          Tenant tenant = tenant(transaction, user);
          LocalDate day = LocalDate.ofInstant(clock.instant(), tenant.zone());
          return of(transaction, user, tenant, service, day, day.plusDays(1));
        });
  }

  @Override
  public ServiceStatistic month(UserOfTenant user, Optional<String> service) {
    return transactions.read(
        transaction -> {
          Tenant tenant = tenant(transaction, user);
          YearMonth month = YearMonth.from(clock.instant().atZone(tenant.zone()));
          return of(
              transaction, user, tenant, service, month.atDay(1), month.plusMonths(1).atDay(1));
        });
  }

  private ServiceStatistic of(
      Transaction transaction,
      UserOfTenant user,
      Tenant tenant,
      Optional<String> service,
      LocalDate from,
      LocalDate until) {
    service.ifPresent(
        name -> {
          if (services.find(transaction, tenant, name, clock.instant()).isEmpty()) {
            throw new Refusal(
                ErrorCode.SERVICE_NOT_FOUND,
                "service_name: " + GivenText.shown(name) + " (expected: a service there is)");
          }
        });
    return StatisticTable.of(transaction, user.user(), tenant.currency(), service, from, until);
  }

  @Override
  public List<ServiceStatistic> summary(UserOfTenant user) {
    return transactions.read(
        transaction ->
            StatisticTable.summary(transaction, user.user(), tenant(transaction, user).currency()));
  }

  @Override
  public RelayStatistic relay(UserOfTenant user, Optional<Instant> start, Optional<Instant> end) {
    return transactions.read(
        transaction -> {
          Tenant tenant = tenant(transaction, user);
          Instant now = clock.instant();
          Instant from =
              start.orElseGet(
                  () ->
                      YearMonth.from(now.atZone(tenant.zone()))
                          .atDay(1)
                          .atStartOfDay(tenant.zone())
                          .toInstant());
          Instant until = end.orElse(now);
          if (until.isBefore(from)) {
            throw GivenText.refused("end", until.toString(), "not before " + from);
          }
          List<ModelStatistic> models =
              usage.byModel(transaction, user.user(), tenant.currency(), from, until).stream()
                  .map(
                      each ->
                          new ModelStatistic(
                              each.model(),
                              each.requests(),
                              each.inputTokens(),
                              each.outputTokens(),
                              new Amount(tenant.currency(), each.cost())))
                  .toList();
          return new RelayStatistic(from, until, Amount.zero(tenant.currency()), models);
        });
  }

  private Tenant tenant(Transaction transaction, UserOfTenant user) {
    return tenants
        .find(transaction, user.tenant())
        .orElseThrow(
            () -> new Refusal(ErrorCode.NOT_FOUND, "tenant " + user.tenant() + " is not there"));
  }
}

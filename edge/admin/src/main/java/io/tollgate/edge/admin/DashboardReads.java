package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.SoldFigures;
import io.tollgate.billing.SoldFigures.DayOfRecharges;
import io.tollgate.billing.SoldFigures.DayOfServices;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.PeopleFigures;
import io.tollgate.identity.Tenant;
import io.tollgate.identity.Tenants;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.AccountTotal;
import io.tollgate.ledger.LedgerQueries;
import io.tollgate.metering.DayUsage;
import io.tollgate.metering.InDoubt;
import io.tollgate.metering.UsageQueries;
import io.tollgate.metering.UsageQueries.Earned;
import io.tollgate.trading.engine.TradingFigures;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the figures of the dashboard from the books, each in one snapshot of all of them. Blocking.
 *
 * @param books transactions before which all that was used is booked
 */
record DashboardReads(
    Transactions books,
    Tenants tenants,
    PeopleFigures people,
    UsageQueries usage,
    InDoubt inDoubt,
    SoldFigures sold,
    LedgerQueries ledger,
    TradingFigures trading,
    InstantSource clock) {
  private static final Asset USD = Asset.money("USD");

  DashboardReads {
    requireNonNull(books, "books is null");
    requireNonNull(tenants, "tenants is null");
    requireNonNull(people, "people is null");
    requireNonNull(usage, "usage is null");
    requireNonNull(inDoubt, "inDoubt is null");
    requireNonNull(sold, "sold is null");
    requireNonNull(ledger, "ledger is null");
    requireNonNull(trading, "trading is null");
    requireNonNull(clock, "clock is null");
  }

  DashboardSummary summary(Optional<TenantId> tenant) {
    return books.snapshot(transaction -> summary(transaction, tenant));
  }

  /** Today's figures, which are read every second. */
  LiveFigures live(Optional<TenantId> tenant) {
    return books.snapshot(
        transaction -> {
          Instant now = clock.instant();
          ZoneId zone = zone(transaction, tenant);
          LocalDate day = LocalDate.ofInstant(now, zone);
          Instant from = start(day, zone);
          Instant until = start(day.plusDays(1), zone);
          DashboardDay today =
              Days.of(
                      day,
                      day.plusDays(1),
                      Map.of(),
                      usage.days(transaction, tenant, from, until, zone),
                      List.of(),
                      sold.recharges(transaction, tenant, from, until, zone))
                  .getFirst();
          return new LiveFigures(
              day,
              today.requests(),
              today.failed(),
              today.inputTokens(),
              today.outputTokens(),
              today.relayCost(),
              today.upstreamCost(),
              margin(today),
              today.recharges(),
              today.recharged(),
              inDoubt.count(transaction, tenant),
              now);
        });
  }

  private static @Nullable BigDecimal margin(DashboardDay day) {
    return margin(day.relayCost(), day.upstreamCost());
  }

  /** What requests earned, where all of it was paid in the currency of what they cost. */
  private static @Nullable BigDecimal margin(Map<String, BigDecimal> cost, BigDecimal upstream) {
    boolean inUsd = cost.keySet().stream().allMatch(USD.code()::equals);
    return inUsd ? cost.getOrDefault(USD.code(), BigDecimal.ZERO).subtract(upstream) : null;
  }

  /** A day ago it was the same time on the clock, also where one is turned. */
  private DashboardSummary.SameTime yesterday(
      Transaction transaction, Optional<TenantId> tenant, Instant now, ZoneId zone) {
    ZonedDateTime then = now.atZone(zone).minusDays(1);
    List<Earned> earned =
        usage.earned(
            transaction,
            tenant.map(List::of).orElse(List.of()),
            start(then.toLocalDate(), zone),
            then.toInstant());
    MoneySum cost = new MoneySum();
    earned.forEach(each -> cost.add(each.currency(), each.cost()));
    BigDecimal upstream =
        MoneySum.decimal(
            earned.stream().map(Earned::upstreamCost).reduce(BigInteger.ZERO, BigInteger::add),
            USD);
    return new DashboardSummary.SameTime(
        earned.stream().mapToLong(Earned::requests).sum(),
        cost.sums(),
        upstream,
        margin(cost.sums(), upstream));
  }

  private DashboardSummary summary(Transaction transaction, Optional<TenantId> tenant) {
    Instant now = clock.instant();
    ZoneId zone = zone(transaction, tenant);
    LocalDate day = LocalDate.ofInstant(now, zone);
    Instant from = start(day, zone);
    Instant until = start(day.plusDays(1), zone);
    PeopleFigures.Counts counts = people.counts(transaction, tenant);
    TradingFigures.Counts traded = trading.counts(transaction, tenant);
    List<DayOfServices> services = sold.services(transaction, tenant, day, day.plusDays(1));
    DashboardDay today =
        Days.of(
                day,
                day.plusDays(1),
                Map.of(),
                usage.days(transaction, tenant, from, until, zone),
                services,
                sold.recharges(transaction, tenant, from, until, zone))
            .getFirst();
    return new DashboardSummary(
        counts.tenants(),
        counts.activeTenants(),
        counts.users(),
        traded.orders(),
        traded.nodes(),
        traded.onlineNodes(),
        traded.runningBindings(),
        day,
        new DashboardSummary.Relay(
            usage.users(transaction, tenant, from, until),
            today.requests(),
            today.failed(),
            today.inputTokens(),
            today.outputTokens(),
            today.relayCost(),
            today.upstreamCost(),
            margin(today),
            inDoubt.count(transaction, tenant),
            yesterday(transaction, tenant, now, zone)),
        new DashboardSummary.Sold(
            sold.usersOfServices(transaction, tenant, day),
            services.stream().mapToLong(DayOfServices::freeCount).sum(),
            services.stream().mapToLong(DayOfServices::paidCount).sum(),
            today.serviceCost()),
        money(ledger.totals(transaction, tenant), today),
        now,
        false);
  }

  private static DashboardSummary.Money money(List<AccountTotal> totals, DashboardDay today) {
    MoneySum earned = new MoneySum();
    MoneySum ofUsers = new MoneySum();
    MoneySum owed = new MoneySum();
    for (AccountTotal total : totals) {
      if (total.asset().scale() != Asset.MONEY_SCALE) {
        continue;
      }
      if (total.kind() == AccountKind.REVENUE) {
        earned.add(total.asset(), total.units());
      } else if (total.kind() == AccountKind.OWED) {
        owed.add(total.asset(), total.units().negate());
      } else if (isOfUsers(total.kind())) {
        ofUsers.add(total.asset(), total.units());
      }
    }
    return new DashboardSummary.Money(
        today.recharges(),
        today.recharged(),
        today.refunded(),
        earned.sums(),
        ofUsers.sums(),
        owed.sums());
  }

  private static boolean isOfUsers(AccountKind kind) {
    return kind == AccountKind.BALANCE || kind == AccountKind.GIFT || kind == AccountKind.GRANT;
  }

  /** The last days, today with what there is of it. */
  List<DashboardDay> trends(Optional<TenantId> tenant, int days) {
    return books.snapshot(
        transaction -> {
          ZoneId zone = zone(transaction, tenant);
          LocalDate until = LocalDate.ofInstant(clock.instant(), zone).plusDays(1);
          LocalDate from = until.minusDays(days);
          Instant start = start(from, zone);
          Instant end = start(until, zone);
          return Days.of(
              from,
              until,
              people.newUsers(transaction, tenant, start, end, zone),
              usage.days(transaction, tenant, start, end, zone),
              sold.services(transaction, tenant, from, until),
              sold.recharges(transaction, tenant, start, end, zone));
        });
  }

  private ZoneId zone(Transaction transaction, Optional<TenantId> tenant) {
    return tenant
        .map(
            id ->
                tenants
                    .find(transaction, id)
                    .map(Tenant::zone)
                    .orElseThrow(
                        () -> new Refusal(ErrorCode.NOT_FOUND, "there is no tenant " + id)))
        .orElse(ZoneOffset.UTC);
  }

  private static Instant start(LocalDate day, ZoneId zone) {
    return day.atStartOfDay(zone).toInstant();
  }

  /** Puts together what happened on each day of a span. */
  private static final class Days {
    static List<DashboardDay> of(
        LocalDate from,
        LocalDate until,
        Map<LocalDate, Long> newUsers,
        List<DayUsage> used,
        List<DayOfServices> services,
        List<DayOfRecharges> recharges) {
      List<DashboardDay> days = new ArrayList<>();
      for (LocalDate day = from; day.isBefore(until); day = day.plusDays(1)) {
        LocalDate date = day;
        days.add(
            day(
                day,
                newUsers.getOrDefault(day, 0L),
                used.stream().filter(each -> each.day().equals(date)).toList(),
                services.stream().filter(each -> each.day().equals(date)).toList(),
                recharges.stream().filter(each -> each.day().equals(date)).toList()));
      }
      return days;
    }

    private static DashboardDay day(
        LocalDate day,
        long newUsers,
        List<DayUsage> used,
        List<DayOfServices> services,
        List<DayOfRecharges> recharges) {
      MoneySum relay = new MoneySum();
      used.forEach(each -> relay.add(each.currency(), each.cost()));
      BigInteger upstream =
          used.stream().map(DayUsage::upstreamCost).reduce(BigInteger.ZERO, BigInteger::add);
      MoneySum sold = new MoneySum();
      services.forEach(each -> sold.add(each.currency(), each.cost()));
      MoneySum recharged = new MoneySum();
      MoneySum refunded = new MoneySum();
      recharges.forEach(
          each -> {
            recharged.add(each.currency(), each.credited());
            refunded.add(each.currency(), each.refunded());
          });
      return new DashboardDay(
          day,
          newUsers,
          used.stream().mapToLong(DayUsage::requests).sum(),
          used.stream().mapToLong(DayUsage::failed).sum(),
          used.stream().mapToLong(DayUsage::inputTokens).sum(),
          used.stream().mapToLong(DayUsage::outputTokens).sum(),
          relay.sums(),
          USD.code(),
          MoneySum.decimal(upstream, USD),
          services.stream().mapToLong(each -> each.freeCount() + each.paidCount()).sum(),
          sold.sums(),
          recharges.stream().mapToLong(DayOfRecharges::orders).sum(),
          recharged.sums(),
          refunded.sums());
    }
  }
}

package io.tollgate.edge.portal;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.BillingRecords;
import io.tollgate.data.Transactions;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.identity.Principal;
import io.tollgate.identity.Tenant;
import io.tollgate.identity.Tenants;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.UserOfTenant;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * {@code /api/v1/me/spending}: what the user has, what of it is held, what was spent today and this
 * month of the tenant's calendar, and what the month will have cost.
 */
final class MySpendingRoutes implements Routes {
  private final Transactions transactions;
  private final Tenants tenants;
  private final Ledger ledger;
  private final BillingRecords records;
  private final InstantSource clock;
  private final PortalGate gate;

  MySpendingRoutes(
      Transactions transactions,
      Tenants tenants,
      Ledger ledger,
      BillingRecords records,
      InstantSource clock,
      PortalGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.tenants = requireNonNull(tenants, "tenants is null");
    this.ledger = requireNonNull(ledger, "ledger is null");
    this.records = requireNonNull(records, "records is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    table.blocking(HttpMethod.GET, "/api/v1/me/spending", ErrorForms.standard(), this::show);
  }

  private Response show(Request request) {
    Principal.OfUser caller = gate.require(request).user();
    UserOfTenant user = new UserOfTenant(caller.tenant(), caller.user());
    Tenant tenant =
        transactions.read(transaction -> tenants.find(transaction, caller.tenant()).orElseThrow());
    Instant now = clock.instant();
    LocalDate today = LocalDate.ofInstant(now, tenant.zone());
    LocalDate first = today.withDayOfMonth(1);
    Instant start = at(first, tenant.zone());
    Instant end = at(first.plusMonths(1), tenant.zone());
    Asset currency = tenant.currency();
    Amount ofToday =
        sum(
            currency,
            relayed(user, currency, at(today, tenant.zone()), now),
            records.today(user, Optional.empty()).totalCost());
    Amount ofMonth =
        sum(
            currency,
            relayed(user, currency, start, now),
            records.month(user, Optional.empty()).totalCost());
    Amount lately = relayed(user, currency, now.minus(Forecast.LATELY), now);
    // of services nothing is known by the hour: the month's part goes on as it went
    Amount services = records.month(user, Optional.empty()).totalCost();
    Amount coming =
        sum(
            currency,
            Forecast.of(lately, Forecast.LATELY, now, end),
            Forecast.of(services, Forecast.since(start, now), now, end));
    List<Account> accounts =
        transactions.read(
            transaction -> ledger.ofUser(transaction, caller.tenant(), caller.user()));
    return PortalAnswer.of(
        new Spending(
            currency.code(),
            tenant.zone().getId(),
            means(accounts, currency, AccountKind.BALANCE).toDecimal(),
            sum(
                    currency,
                    means(accounts, currency, AccountKind.GIFT),
                    means(accounts, currency, AccountKind.GRANT))
                .toDecimal(),
            new Amount(currency, -means(accounts, currency, AccountKind.OWED).units()).toDecimal(),
            held(accounts, currency).toDecimal(),
            ofToday.toDecimal(),
            ofMonth.toDecimal(),
            sum(currency, ofMonth, coming).toDecimal(),
            start,
            end));
  }

  private Amount relayed(UserOfTenant user, Asset currency, Instant from, Instant until) {
    return records.relay(user, Optional.of(from), Optional.of(until)).models().stream()
        .map(BillingRecords.ModelStatistic::cost)
        .reduce(Amount.zero(currency), (one, other) -> sum(currency, one, other));
  }

  private static Amount means(List<Account> accounts, Asset currency, AccountKind kind) {
    return new Amount(
        currency,
        accounts.stream()
            .filter(each -> each.key().asset().equals(currency) && each.key().kind() == kind)
            .mapToLong(Account::balance)
            .reduce(0, Math::addExact));
  }

  private static Amount held(List<Account> accounts, Asset currency) {
    return new Amount(
        currency,
        accounts.stream()
            .filter(each -> each.key().asset().equals(currency))
            .mapToLong(Account::held)
            .reduce(0, Math::addExact));
  }

  private static Amount sum(Asset currency, Amount one, Amount other) {
    return new Amount(currency, Math.addExact(one.units(), other.units()));
  }

  private static Instant at(LocalDate day, ZoneId zone) {
    return day.atStartOfDay(zone).toInstant();
  }

  /**
   * What there is to know of a user's money.
   *
   * @param zone whose days and months are meant
   * @param paidIn what is left of what was paid in
   * @param given what is left of gifts and grants of money
   * @param held of both, reserved for requests under way
   * @param monthForecast what the month will have cost when it goes on like the last days
   */
  private record Spending(
      String currency,
      String zone,
      BigDecimal paidIn,
      BigDecimal given,
      BigDecimal owed,
      BigDecimal held,
      BigDecimal today,
      BigDecimal month,
      BigDecimal monthForecast,
      Instant monthStartsAt,
      Instant monthEndsAt) {}
}

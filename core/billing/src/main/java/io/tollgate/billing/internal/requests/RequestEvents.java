package io.tollgate.billing.internal.requests;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.internal.charges.NoticeTable;
import io.tollgate.billing.internal.grants.GivenGrants;
import io.tollgate.billing.internal.grants.GrantEvents;
import io.tollgate.billing.internal.grants.QuotaUse;
import io.tollgate.data.OutboxEvent;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.Tenant;
import io.tollgate.identity.Tenants;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.UserOfTenant;
import io.tollgate.metering.BookedRequest;
import io.tollgate.metering.BookingEvents;
import io.tollgate.web.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells users of their relayed requests with the commit that books them: each request, then, once
 * for all that are booked together, what has become of their money and of their free quota, and
 * once a month that it is low or used up. What they have is read for all users at once.
 */
public final class RequestEvents implements BookingEvents {
  private static final String REASON = "api_usage";

  /** Under which notices of the relay's quota are noted; no service has this name. */
  private static final String RELAY = "";

  private final Ledger ledger;
  private final Tenants tenants;
  private final GivenGrants given = new GivenGrants();
  private final GrantEvents back;

  public RequestEvents(Ledger ledger, Tenants tenants) {
    this.ledger = requireNonNull(ledger, "ledger is null");
    this.tenants = requireNonNull(tenants, "tenants is null");
    this.back = new GrantEvents(ledger);
  }

  /** What was used by one request. */
  private record Usage(
      String platform,
      String model,
      long inputTokens,
      long outputTokens,
      BigDecimal cost,
      String traceId) {}

  private record Money(BigDecimal balance, BigDecimal change, String reason, String referenceId) {}

  private record Quota(
      long quotaLimit, long quotaUsed, long quotaRemaining, BigDecimal percentUsed) {}

  private record Low(long remaining, BigDecimal percentUsed, String message) {}

  private record Exhausted(String message) {}

  /** What a user's requests that are booked together have taken. */
  private static final class Taken {
    private long tokens;
    private final Map<Asset, Long> money = new LinkedHashMap<>();
    private String last = "";

    void add(BookedRequest request) {
      tokens = Math.addExact(tokens, request.quotaTokens());
      if (request.cost() > 0) {
        long unused = money.merge(request.currency(), request.cost(), Math::addExact);
        last = request.charge().toString();
      }
    }

    boolean anything() {
      return tokens > 0 || !money.isEmpty();
    }
  }

  @Override
  public void booking(Transaction transaction, List<BookedRequest> requests, Instant now) {
    Map<UserOfTenant, Taken> taken = new LinkedHashMap<>();
    List<OutboxEvent> events = new ArrayList<>(requests.size() * 2);
    for (BookedRequest request : requests) {
      UserOfTenant user = new UserOfTenant(request.tenant(), request.user());
      events.add(event(user, "usage.recorded", usage(request)));
      taken.computeIfAbsent(user, _ -> new Taken()).add(request);
    }
    taken.values().removeIf(each -> !each.anything());
    if (!taken.isEmpty()) {
      Map<UserOfTenant, List<Account>> accounts = ledger.ofUsers(transaction, taken.keySet());
      taken.forEach(
          (user, each) -> money(user, each, accounts.getOrDefault(user, List.of()), events));
      quotas(transaction, taken, accounts, now, events);
    }
    transaction.publishAll(events);
  }

  @Override
  public void givingBack(Transaction transaction, List<BookedRequest> requests) {
    List<GrantEvents.Change> changes = new ArrayList<>();
    for (BookedRequest request : requests) {
      UserOfTenant user = new UserOfTenant(request.tenant(), request.user());
      String reference = request.charge().toString();
      if (request.cost() > 0) {
        Amount cost = new Amount(request.currency(), request.cost());
        changes.add(new GrantEvents.Change(user, cost, "refund", reference));
      }
      if (request.quotaTokens() > 0) {
        Amount tokens = new Amount(Asset.TOKEN, request.quotaTokens());
        changes.add(new GrantEvents.Change(user, tokens, "refund", reference));
      }
    }
    back.changed(transaction, changes);
  }

  private static Usage usage(BookedRequest request) {
    return new Usage(
        request.platform().code(),
        request.model(),
        request.inputTokens(),
        request.outputTokens(),
        new Amount(request.currency(), request.cost()).toDecimal(),
        request.charge().toString());
  }

  private static void money(
      UserOfTenant user, Taken taken, List<Account> accounts, List<OutboxEvent> events) {
    taken.money.forEach(
        (currency, units) -> {
          long balance =
              accounts.stream()
                  .filter(account -> account.key().asset().equals(currency))
                  .mapToLong(Account::balance)
                  .reduce(0, Math::addExact);
          Money money =
              new Money(
                  new Amount(currency, balance).toDecimal(),
                  new Amount(currency, units).toDecimal().negate(),
                  REASON,
                  taken.last);
          events.add(event(user, "balance.changed", money));
        });
  }

  private void quotas(
      Transaction transaction,
      Map<UserOfTenant, Taken> taken,
      Map<UserOfTenant, List<Account>> accounts,
      Instant now,
      List<OutboxEvent> events) {
    List<AccountId> quotas = new ArrayList<>();
    taken.forEach(
        (user, each) -> {
          if (each.tokens > 0) {
            accounts.getOrDefault(user, List.of()).stream()
                .filter(RequestEvents::isTokenQuota)
                .forEach(account -> quotas.add(account.id()));
          }
        });
    Map<AccountId, Long> limits = given.sums(transaction, quotas);
    Map<TenantId, String> months = new HashMap<>();
    taken.forEach(
        (user, each) -> {
          if (each.tokens > 0) {
            QuotaUse state = state(accounts.getOrDefault(user, List.of()), limits);
            quota(transaction, user, each.tokens, state, months, now, events);
          }
        });
  }

  private void quota(
      Transaction transaction,
      UserOfTenant user,
      long tokens,
      QuotaUse state,
      Map<TenantId, String> months,
      Instant now,
      List<OutboxEvent> events) {
    events.add(
        event(
            user,
            "quota.updated",
            new Quota(state.limit(), state.used(), state.left(), state.percentUsed())));
    boolean passed = state.isLow() && !state.before(tokens).isLow();
    if (!passed && state.left() > 0) {
      return;
    }
    String month = months.computeIfAbsent(user.tenant(), tenant -> month(transaction, tenant, now));
    if (passed && NoticeTable.first(transaction, user, RELAY, month, "low", now)) {
      String message = "Of the free quota are left: " + state.left() + " tokens";
      events.add(event(user, "quota.low", new Low(state.left(), state.percentUsed(), message)));
    }
    if (state.left() == 0 && NoticeTable.first(transaction, user, RELAY, month, "exhausted", now)) {
      events.add(event(user, "quota.exhausted", new Exhausted("The free quota is used up.")));
    }
  }

  private String month(Transaction transaction, TenantId tenant, Instant now) {
    ZoneId zone = tenants.find(transaction, tenant).map(Tenant::zone).orElse(ZoneOffset.UTC);
    return YearMonth.from(now.atZone(zone)).toString();
  }

  private static QuotaUse state(List<Account> accounts, Map<AccountId, Long> limits) {
    long limit = 0;
    long left = 0;
    for (Account account : accounts) {
      if (isTokenQuota(account)) {
        limit = Math.addExact(limit, limits.getOrDefault(account.id(), 0L));
        left = Math.addExact(left, account.balance());
      }
    }
    return new QuotaUse(limit, left);
  }

  private static boolean isTokenQuota(Account account) {
    return account.key().kind() == AccountKind.GRANT && account.key().asset().equals(Asset.TOKEN);
  }

  private static OutboxEvent event(UserOfTenant user, String type, Object fields) {
    return OutboxEvent.billing(
        user.tenant(), user.user(), type, Json.MAPPER.writeValueAsString(fields));
  }
}

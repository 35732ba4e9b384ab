package io.tollgate.billing.internal.charges;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.internal.grants.GivenGrants;
import io.tollgate.billing.internal.grants.QuotaUse;
import io.tollgate.data.OutboxEvent;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ledger.UserOfTenant;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells what charges have changed, in their transaction: each change of money, the quota of each
 * user and service as it is then, and once in a month that it is low or used up.
 */
final class ChargeEvents {
  private final ChargeMeters meters;
  private final long lowBalanceUnits;
  private final GivenGrants given = new GivenGrants();

  /**
   * @param lowBalanceUnits of a user's money; who comes to have less is told
   */
  ChargeEvents(ChargeMeters meters, long lowBalanceUnits) {
    this.meters = requireNonNull(meters, "meters is null");
    this.lowBalanceUnits = lowBalanceUnits;
  }

  void charged(
      Transaction transaction,
      List<NewCharge> charges,
      Map<UserOfTenant, UserFunds> funds,
      Instant now) {
    List<OutboxEvent> events = new ArrayList<>();
    int lowBalances = 0;
    for (NewCharge each : charges) {
      if (each.amount().isZero()) {
        continue;
      }
      Subject subject = Subject.of(each.ready());
      Asset currency = each.amount().asset();
      Amount after = new Amount(currency, each.balanceAfter());
      events.add(
          subject.event(
              "balance.changed",
              EventFields.of()
                  .with("balance", after.toDecimal())
                  .with("change", each.amount().toDecimal().negate())
                  .with("reason", "api_usage")
                  .with("reference_id", each.id().toString())));
      if (after.units() < lowBalanceUnits
          && Math.addExact(after.units(), each.amount().units()) >= lowBalanceUnits) {
        lowBalances++;
        events.add(
            subject.notification(
                "balance.low",
                EventFields.of()
                    .with("balance", after.toDecimal())
                    .with("threshold", new Amount(currency, lowBalanceUnits).toDecimal())
                    .with("message", "The balance is low: " + after)));
      }
    }
    int low = lowBalances;
    List<Used> used = used(charges, funds);
    events.addAll(quotas(transaction, used, now));
    transaction.publishAll(events);
    transaction.afterCommit(() -> meters.told(used.size(), low));
  }

  private List<Used> used(List<NewCharge> charges, Map<UserOfTenant, UserFunds> funds) {
    Map<UserService, Used> used = new LinkedHashMap<>();
    for (NewCharge each : charges) {
      if (each.freeCount() > 0) {
        UserService key =
            new UserService(each.ready().user(), each.ready().waiting().call.service());
        UserFunds means =
            requireNonNull(funds.get(each.ready().user()), "the funds of a user were not read");
        used.computeIfAbsent(key, _ -> new Used(each, means)).now =
            Math.addExact(requireNonNull(used.get(key), "it was put there").now, each.freeCount());
      }
    }
    return List.copyOf(used.values());
  }

  private List<OutboxEvent> quotas(Transaction transaction, List<Used> used, Instant now) {
    if (used.isEmpty()) {
      return List.of();
    }
    Set<AccountId> accounts = new LinkedHashSet<>();
    used.forEach(each -> accounts.addAll(each.means.accounts(each.quota)));
    Map<AccountId, Long> limits = given.sums(transaction, accounts);
    List<OutboxEvent> events = new ArrayList<>();
    for (Used each : used) {
      long limit = 0;
      for (AccountId account : each.means.accounts(each.quota)) {
        limit = Math.addExact(limit, limits.getOrDefault(account, 0L));
      }
      long left = Math.max(0, each.means.balance(each.quota));
      Subject subject = Subject.of(each.first.ready());
      QuotaUse use = new QuotaUse(limit, left);
      events.add(subject.event("quota.updated", new QuotaStanding(each.service(), use).fields()));
      String month = YearMonth.from(now.atZone(each.first.ready().tenant().zone())).toString();
      if (use.isLow()
          && !use.before(each.now).isLow()
          && NoticeTable.first(
              transaction, each.first.ready().user(), each.service(), month, "low", now)) {
        events.add(
            subject.event(
                "quota.low",
                EventFields.of()
                    .with("service_name", each.service())
                    .with("remaining", left)
                    .with("percent_used", use.percentUsed())
                    .with(
                        "message",
                        "Of the free quota of " + each.service() + " are left: " + left)));
      }
      if (left == 0
          && NoticeTable.first(
              transaction, each.first.ready().user(), each.service(), month, "exhausted", now)) {
        events.add(
            subject.event(
                "quota.exhausted",
                EventFields.of()
                    .with("service_name", each.service())
                    .with("message", "The free quota of " + each.service() + " is used up.")));
      }
    }
    return events;
  }

  private record UserService(UserOfTenant user, String service) {}

  /** What was used of a quota by the charges of a batch. */
  static final class Used {
    final NewCharge first;
    final UserFunds means;
    final Asset quota;
    long now;

    Used(NewCharge first, UserFunds means) {
      this.first = first;
      this.means = means;
      this.quota = first.quota();
    }

    String service() {
      return first.ready().waiting().call.service();
    }
  }
}

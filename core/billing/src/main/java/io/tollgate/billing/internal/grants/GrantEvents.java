package io.tollgate.billing.internal.grants;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.OutboxEvent;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.ExpiredGrant;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.UserOfTenant;
import io.tollgate.web.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Tells users of what they were given, or have lost other than by using it, with the commit: what
 * they have then. Each user's accounts are read once, however many there are.
 */
public final class GrantEvents {
  private static final String CALLS = "CALL:";

  private final Ledger ledger;
  private final GivenGrants given = new GivenGrants();

  public GrantEvents(Ledger ledger) {
    this.ledger = requireNonNull(ledger, "ledger is null");
  }

  /**
   * What a user has more, or less.
   *
   * @param change negative for what was lost
   * @param reason as events of money say it
   * @param reference what it was, as others may name it
   */
  public record Change(UserOfTenant user, Amount change, String reason, String reference) {
    /** By hand, by a code, by the calendar: for no money. */
    static Change adjusted(UserOfTenant user, Amount change, String reference) {
      return new Change(user, change, "adjustment", reference);
    }
  }

  private record Money(BigDecimal balance, BigDecimal change, String reason, String referenceId) {}

  private record Quota(
      long quotaLimit, long quotaUsed, long quotaRemaining, BigDecimal percentUsed) {}

  private record ServiceQuota(
      String serviceName,
      long quotaLimit,
      long quotaUsed,
      long quotaRemaining,
      BigDecimal percentUsed) {}

  /** Grants have ended, and what was left of them is gone. */
  public void expired(Transaction transaction, List<ExpiredGrant> grants) {
    changed(
        transaction,
        grants.stream()
            .map(
                grant ->
                    Change.adjusted(
                        grant.user(),
                        new Amount(grant.lost().asset(), Math.negateExact(grant.lost().units())),
                        "expired:" + grant.account()))
            .toList());
  }

  /** What was posted in this transaction. */
  public void changed(Transaction transaction, List<Change> changes) {
    if (changes.isEmpty()) {
      return;
    }
    Set<UserOfTenant> users = new LinkedHashSet<>();
    changes.forEach(change -> users.add(change.user()));
    Map<UserOfTenant, List<Account>> accounts = ledger.ofUsers(transaction, users);
    Map<AccountId, Long> limits =
        given.sums(
            transaction,
            accounts.values().stream()
                .flatMap(List::stream)
                .filter(account -> account.key().kind() == AccountKind.GRANT)
                .map(Account::id)
                .toList());
    List<OutboxEvent> events = new ArrayList<>(changes.size());
    for (Change change : changes) {
      List<Account> ofUser = accounts.getOrDefault(change.user(), List.of());
      events.add(isQuota(change) ? quota(change, ofUser, limits) : money(change, ofUser));
    }
    transaction.publishAll(events);
  }

  private static boolean isQuota(Change change) {
    Asset asset = change.change().asset();
    return asset.equals(Asset.TOKEN) || asset.code().startsWith(CALLS);
  }

  private static OutboxEvent money(Change change, List<Account> accounts) {
    Asset currency = change.change().asset();
    long balance = sum(accounts, account -> account.key().asset().equals(currency));
    return event(
        change.user(),
        "balance.changed",
        new Money(
            new Amount(currency, balance).toDecimal(),
            change.change().toDecimal(),
            change.reason(),
            change.reference()));
  }

  private static OutboxEvent quota(
      Change change, List<Account> accounts, Map<AccountId, Long> limits) {
    Asset asset = change.change().asset();
    Predicate<Account> counted =
        account -> account.key().kind() == AccountKind.GRANT && account.key().asset().equals(asset);
    long limit =
        accounts.stream()
            .filter(counted)
            .mapToLong(account -> limits.getOrDefault(account.id(), 0L))
            .reduce(0, Math::addExact);
    QuotaUse use = new QuotaUse(limit, Math.max(0, sum(accounts, counted)));
    Object fields =
        asset.equals(Asset.TOKEN)
            ? new Quota(use.limit(), use.used(), use.left(), use.percentUsed())
            : new ServiceQuota(
                asset.code().substring(CALLS.length()),
                use.limit(),
                use.used(),
                use.left(),
                use.percentUsed());
    return event(change.user(), "quota.updated", fields);
  }

  private static long sum(List<Account> accounts, Predicate<Account> counted) {
    return accounts.stream().filter(counted).mapToLong(Account::balance).reduce(0, Math::addExact);
  }

  private static OutboxEvent event(UserOfTenant user, String type, Object fields) {
    return OutboxEvent.billing(
        user.tenant(), user.user(), type, Json.MAPPER.writeValueAsString(fields));
  }
}

package io.tollgate.billing.internal.grants;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.internal.grants.GivenGrants.Given;
import io.tollgate.billing.internal.grants.GivenGrants.Source;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.AccountTerms;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.Posting;
import io.tollgate.ledger.RequestHash;
import io.tollgate.ledger.TransferRequest;
import io.tollgate.ledger.UserOfTenant;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives free quota of a calendar month, once for each user and service. A month ends with the first
 * instant of the next one in the tenant's time zone.
 */
public final class MonthGrants {
  /** Namespace of the idempotency keys. */
  static final String OPERATION = "billing.free";

  private final Ledger ledger;
  private final GivenGrants given = new GivenGrants();
  private final GrantEvents events;

  public MonthGrants(Ledger ledger) {
    this.ledger = requireNonNull(ledger, "ledger is null");
    this.events = new GrantEvents(ledger);
  }

  /**
   * What a user gets of a service in a month.
   *
   * @param units 0 for nothing
   */
  public record Due(
      UserOfTenant to,
      String service,
      Asset asset,
      YearMonth month,
      Instant end,
      long units,
      Instant now) {
    /** What is due in the month that it is there now. */
    public static Due of(
        UserOfTenant to, String service, Asset asset, ZoneId zone, long units, Instant now) {
      YearMonth month = YearMonth.from(now.atZone(zone));
      Instant end = month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant();
      return new Due(to, service, asset, month, end, units, now);
    }

    String period() {
      return service + ":" + month;
    }

    String idempotencyKey() {
      return to.user() + ":" + period();
    }
  }

  /**
   * Gives what has not been given, in one asset to users of one tenant. No month before the last
   * one that a user had is given to them.
   */
  public void give(Transaction transaction, TenantId tenant, Asset asset, Collection<Due> all) {
    List<Due> some = all.stream().filter(due -> due.units > 0).toList();
    if (some.isEmpty()) {
      return;
    }
    List<UserId> users = some.stream().map(due -> due.to.user()).toList();
    Map<UserId, YearMonth> had = given.lastMonths(transaction, tenant, asset, users);
    List<GrantEvents.Change> changes = new ArrayList<>();
    for (Due due : some) {
      YearMonth last = had.get(due.to.user());
      if ((last == null || due.month.isAfter(last)) && give(transaction, due)) {
        changes.add(
            GrantEvents.Change.adjusted(
                due.to, new Amount(due.asset, due.units), "month:" + due.period()));
      }
    }
    events.changed(transaction, changes);
  }

  /** Whether nobody else had given it. */
  private boolean give(Transaction transaction, Due due) {
    UserOfTenant to = due.to;
    long units = due.units;
    String idempotencyKey = due.idempotencyKey();
    ledger.define(transaction, due.asset);
    AccountId world =
        ledger.open(
            transaction,
            AccountKey.world(to.tenant(), AccountKind.WORLD_GRANTS, due.asset),
            AccountTerms.PLAIN);
    AccountId quota =
        ledger.open(
            transaction,
            AccountKey.grant(to.tenant(), to.user(), due.asset, due.period()),
            new AccountTerms(Optional.of(due.end), 0));
    // the number is left out of the hash: who changes it within a month gets no second quota, and
    // no conflict either
    byte[] hash = RequestHash.of(idempotencyKey);
    Posting posting =
        ledger.post(
            transaction,
            new TransferRequest(
                "free_quota",
                to.tenant(),
                OPERATION,
                idempotencyKey,
                hash,
                "",
                due.now,
                List.of(new Leg(world, -units), new Leg(quota, units)),
                List.of()));
    if (!posting.repeated()) {
      given.insert(
          transaction,
          new Given(
              posting.transfer(),
              to.tenant(),
              to.user(),
              Source.FREE,
              idempotencyKey,
              hash,
              quota,
              new Amount(due.asset, units),
              Amount.zero(due.asset),
              new Amount(due.asset, units),
              Optional.of(due.end),
              0,
              posting.postedAt()));
    }
    return !posting.repeated();
  }
}

package io.tollgate.billing.internal.grants;

import static io.tollgate.schema.billing.Tables.REVOKED_GRANT;
import static java.util.Objects.requireNonNull;

import io.tollgate.billing.GrantRevocation;
import io.tollgate.billing.internal.grants.GivenGrants.Given;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.AccountTerms;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.Posting;
import io.tollgate.ledger.RequestHash;
import io.tollgate.ledger.TransferRequest;
import io.tollgate.ledger.UserOfTenant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.impl.DSL;

/**
 * Takes back what is unspent of grants. The account is locked before anything is decided, so that
 * of several at once each takes what the one before has left. The number of what was taken before
 * makes the key of the transfer.
 */
final class GrantRevocations {
  /** Namespace of the idempotency keys. */
  static final String OPERATION = "billing.grants.revoke";

  private static final int REASON_MAX = 200;

  private final Ledger ledger;
  private final InstantSource clock;
  private final GivenGrants given;
  private final GrantEvents events;

  GrantRevocations(Ledger ledger, InstantSource clock, GivenGrants given) {
    this.ledger = requireNonNull(ledger, "ledger is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.given = requireNonNull(given, "given is null");
    this.events = new GrantEvents(ledger);
  }

  GrantRevocation revoke(Transaction transaction, UUID id, AdminId admin, String reason) {
    if (reason.isBlank() || reason.length() > REASON_MAX) {
      throw GivenText.refused("reason", reason, "1 to " + REASON_MAX + " characters");
    }
    Given grant =
        given
            .find(transaction, id)
            .orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, "there is no grant " + id));
    Map<AccountId, Account> locked = ledger.lock(transaction, List.of(grant.account()));
    Account account = requireNonNull(locked.get(grant.account()), "the account of a grant is gone");
    Before before = before(transaction, grant);
    long credited = Math.subtractExact(grant.amount().units(), grant.owedPaid().units());
    long left = Math.max(0, Math.min(credited - before.taken, account.balance()));
    long now = Math.max(0, Math.min(left, account.available()));
    if (now > 0) {
      take(transaction, grant, before.transfers, now, admin, reason);
    }
    Asset asset = grant.amount().asset();
    return new GrantRevocation(
        grant.transfer(),
        grant.tenant(),
        grant.user(),
        grant.amount(),
        new Amount(asset, before.taken + now),
        new Amount(asset, now),
        new Amount(asset, left - now));
  }

  private void take(
      Transaction transaction, Given grant, int number, long units, AdminId admin, String reason) {
    AccountId world =
        ledger.open(
            transaction,
            AccountKey.world(grant.tenant(), AccountKind.WORLD_GRANTS, grant.amount().asset()),
            AccountTerms.PLAIN);
    String key = grant.transfer() + ":" + number;
    Posting posting =
        ledger.post(
            transaction,
            new TransferRequest(
                "grant_revoked",
                grant.tenant(),
                OPERATION,
                key,
                RequestHash.of(OPERATION, key, Long.toString(units)),
                grant.transfer().toString(),
                clock.instant(),
                List.of(new Leg(grant.account(), -units), new Leg(world, units)),
                List.of()));
    if (posting.repeated()) {
      throw new IllegalStateException(
          "transfer " + key + " was posted before (expected: its row says so)");
    }
    int _ =
        transaction
            .sql()
            .insertInto(REVOKED_GRANT)
            .set(REVOKED_GRANT.TRANSFER_ID, posting.transfer())
            .set(REVOKED_GRANT.GRANT_ID, grant.transfer())
            .set(REVOKED_GRANT.ACCOUNT_ID, grant.account().value())
            .set(REVOKED_GRANT.AMOUNT, units)
            .set(REVOKED_GRANT.ADMIN_ID, admin.value())
            .set(REVOKED_GRANT.REASON, reason)
            .set(REVOKED_GRANT.REVOKED_AT, posting.postedAt())
            .execute();
    if (grant.source() != GivenGrants.Source.PLAN) {
      // what ends with a plan is told with its step
      events.changed(
          transaction,
          List.of(
              GrantEvents.Change.adjusted(
                  new UserOfTenant(grant.tenant(), grant.user()),
                  new Amount(grant.amount().asset(), -units),
                  "grant:" + grant.transfer())));
    }
  }

  private static Before before(Transaction transaction, Given grant) {
    return transaction
        .sql()
        .select(DSL.count(), DSL.sum(REVOKED_GRANT.AMOUNT))
        .from(REVOKED_GRANT)
        .where(REVOKED_GRANT.GRANT_ID.eq(grant.transfer()))
        .fetchSingle(
            row ->
                new Before(row.value1(), row.value2() == null ? 0 : row.value2().longValueExact()));
  }

  private record Before(int transfers, long taken) {}
}

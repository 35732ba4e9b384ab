package io.tollgate.billing.internal.grants;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.GrantLimits;
import io.tollgate.billing.GrantOrder;
import io.tollgate.billing.GrantReceipt;
import io.tollgate.billing.GrantRevocation;
import io.tollgate.billing.Grants;
import io.tollgate.billing.internal.grants.GivenGrants.Given;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.Users;
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
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Gives grants: in one transaction, a transfer from the world's grants and a row that records it.
 * By hand, or for another reason, each with its own keys.
 */
public final class HandGrants implements Grants {
  private final GrantReason reason;

  private final Ledger ledger;
  private final Users users;
  private final InstantSource clock;
  private final GivenGrants given = new GivenGrants();
  private final GrantBounds bounds;
  private final GrantRevocations revocations;
  private final GrantEvents events;

  public HandGrants(Ledger ledger, Users users, GrantLimits limits, InstantSource clock) {
    this(ledger, users, limits, clock, GrantReason.BY_HAND);
  }

  public HandGrants(
      Ledger ledger, Users users, GrantLimits limits, InstantSource clock, GrantReason reason) {
    this.reason = requireNonNull(reason, "reason is null");
    this.ledger = requireNonNull(ledger, "ledger is null");
    this.users = requireNonNull(users, "users is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.bounds = new GrantBounds(ledger, limits);
    this.revocations = new GrantRevocations(ledger, clock, given);
    this.events = new GrantEvents(ledger);
  }

  @Override
  public GrantReceipt give(Transaction transaction, GrantOrder order) {
    byte[] hash = hash(order);
    return given
        .find(transaction, order.tenant(), reason.source(), order.idempotencyKey())
        .map(first -> receipt(first, hash))
        .orElseGet(() -> post(transaction, order, hash));
  }

  @Override
  public GrantRevocation revoke(Transaction transaction, UUID grant, AdminId admin, String reason) {
    return revocations.revoke(transaction, grant, admin, reason);
  }

  private GrantReceipt post(Transaction transaction, GrantOrder order, byte[] hash) {
    TenantId tenant = order.tenant();
    Asset asset = order.amount().asset();
    UserId user = users.findOrCreate(transaction, tenant, order.externalId()).id();
    bounds.check(transaction, order, user);
    ledger.define(transaction, asset);
    AccountId world =
        ledger.open(
            transaction,
            AccountKey.world(tenant, AccountKind.WORLD_GRANTS, asset),
            AccountTerms.PLAIN);
    AccountKey target = target(order, user);
    AccountId account =
        ledger.open(transaction, target, new AccountTerms(order.expiresAt(), order.priority()));
    Amount owedPaid = new Amount(asset, 0);
    List<Leg> legs = new ArrayList<>();
    legs.add(new Leg(world, -order.amount().units()));
    AccountKey owedKey = AccountKey.ofUser(tenant, user, AccountKind.OWED, asset);
    long owed = owed(transaction, owedKey, tenant, user);
    if (owed > 0) {
      owedPaid = new Amount(asset, Math.min(owed, order.amount().units()));
      AccountId owedAccount = ledger.open(transaction, owedKey, AccountTerms.PLAIN);
      legs.add(new Leg(owedAccount, owedPaid.units()));
    }
    Amount credited = order.amount().minus(owedPaid);
    if (!credited.isZero()) {
      legs.add(new Leg(account, credited.units()));
    }
    Instant now = clock.instant();
    Posting posting =
        ledger.post(
            transaction,
            new TransferRequest(
                reason.transferKind(),
                tenant,
                reason.operation(),
                order.idempotencyKey(),
                hash,
                "",
                now,
                legs,
                List.of()));
    if (posting.repeated()) {
      // another request with this key was faster; it has written its row
      return given
          .find(transaction, tenant, reason.source(), order.idempotencyKey())
          .map(first -> receipt(first, hash))
          .orElseThrow(
              () ->
                  new IllegalStateException(
                      "transfer " + posting.transfer() + " has no row of its grant"));
    }
    Amount balance =
        new Amount(asset, ledger.find(transaction, target).map(Account::balance).orElse(0L));
    Given row =
        new Given(
            posting.transfer(),
            tenant,
            user,
            reason.source(),
            order.idempotencyKey(),
            hash,
            account,
            order.amount(),
            owedPaid,
            balance,
            order.expiresAt(),
            order.priority(),
            posting.postedAt());
    given.insert(transaction, row);
    if (reason != GrantReason.PLAN) {
      // what a plan's step gives is told with the step
      events.changed(
          transaction,
          List.of(
              GrantEvents.Change.adjusted(
                  new UserOfTenant(tenant, user), order.amount(), "grant:" + posting.transfer())));
    }
    return receipt(row, hash);
  }

  private AccountKey target(GrantOrder order, UserId user) {
    Asset asset = order.amount().asset();
    boolean gift = asset.scale() == Asset.MONEY_SCALE && order.expiresAt().isEmpty();
    return gift
        ? AccountKey.ofUser(order.tenant(), user, AccountKind.GIFT, asset)
        : AccountKey.grant(order.tenant(), user, asset, reason.period() + order.idempotencyKey());
  }

  // locked before it is believed, or two credits at once would both pay it
  private long owed(Transaction transaction, AccountKey key, TenantId tenant, UserId user) {
    if (debt(transaction, key) == 0) {
      return 0;
    }
    var unused = ledger.lockOfUser(transaction, tenant, user);
    return debt(transaction, key);
  }

  private long debt(Transaction transaction, AccountKey key) {
    long balance = ledger.find(transaction, key).map(Account::balance).orElse(0L);
    return Math.max(0, Math.negateExact(balance));
  }

  private static GrantReceipt receipt(Given given, byte[] hash) {
    if (!MessageDigest.isEqual(given.requestHash(), hash)) {
      throw new Refusal(
          ErrorCode.IDEMPOTENCY_CONFLICT,
          "idempotency_key: "
              + given.idempotencyKey()
              + " was used for another grant (expected: a new key, or the same grant)");
    }
    return new GrantReceipt(
        given.transfer(),
        given.account(),
        given.amount(),
        given.owedPaid(),
        given.balance(),
        given.expiresAt());
  }

  private static byte[] hash(GrantOrder order) {
    return RequestHash.of(
        order.externalId(),
        order.amount().asset().code(),
        Long.toString(order.amount().units()),
        order.expiresAt().map(Instant::toString).orElse(""),
        Integer.toString(order.priority()));
  }
}

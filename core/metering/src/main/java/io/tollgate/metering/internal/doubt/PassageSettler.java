package io.tollgate.metering.internal.doubt;

import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.AccountTerms;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.RequestHash;
import io.tollgate.ledger.TransferRequest;
import io.tollgate.metering.BookedRequest;
import io.tollgate.metering.BookedUsage;
import io.tollgate.metering.BookingListeners;
import io.tollgate.metering.Charge;
import io.tollgate.metering.PassageRequest;
import io.tollgate.metering.PassageResult;
import io.tollgate.metering.UsageRecord.Outcome;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Charges a passage in one transaction: its intent ends, its hold is lifted, the transfer is posted
 * and the usage record is written, or none of it. A second call finds the intent ended and gives
 * the first answer. Settlement is total: what the means do not cover is booked as owed.
 */
public final class PassageSettler {
  /** Namespace of the idempotency keys of relay charges: the charge id. */
  static final String OPERATION = "relay.charge";

  private final Ledger ledger;
  private final PassageStore store;
  private final BookingListeners listeners;
  private final Clock clock;
  private final Map<AccountKey, AccountId> counters = new ConcurrentHashMap<>();

  /**
   * @param listeners hear of what is charged
   */
  public PassageSettler(
      Ledger ledger, PassageStore store, BookingListeners listeners, Clock clock) {
    this.ledger = ledger;
    this.store = store;
    this.listeners = listeners;
    this.clock = clock;
  }

  Charge settle(
      Transaction transaction, PassageRequest request, PassageResult result, Outcome outcome) {
    if (!store.close(transaction, request.charge())) {
      return store
          .booked(transaction, request.charge(), request.openedAt())
          .orElseThrow(
              () ->
                  new Refusal(
                      ErrorCode.INTERNAL,
                      "passage " + request.charge() + " is neither open nor in the books"));
    }
    Instant now = clock.instant();
    Charge charge = post(transaction, request, result, now);
    List<BookedUsage> used = store.book(transaction, request, result, charge, outcome, now);
    listeners.events().booking(transaction, List.of(booked(request, result, charge)), now);
    transaction.afterCommit(() -> listeners.usage().booked(used));
    return charge;
  }

  private static BookedRequest booked(PassageRequest request, PassageResult result, Charge charge) {
    return new BookedRequest(
        request.charge(),
        request.tenant(),
        request.user(),
        request.protocol(),
        request.model(),
        result.usage().input(),
        result.usage().output(),
        request.quote().currency(),
        charge.quotaTokens(),
        charge.paid(),
        charge.owed());
  }

  private Charge post(
      Transaction transaction, PassageRequest request, PassageResult result, Instant now) {
    TenantId tenant = request.tenant();
    Asset currency = request.quote().currency();
    var hold = ledger.heldBy(transaction, tenant, request.charge().value());
    Map<AccountId, Account> locked = lock(transaction, request, hold);
    var accounts = ledger.lockOfUser(transaction, tenant, request.user());
    UserMeans means = new UserMeans(accounts, currency, hold, now);
    PaymentSplit split = PaymentSplit.charge(means, result.quote(request), result.usage());

    List<Leg> legs = new ArrayList<>();
    split.legs().forEach(leg -> legs.add(new Leg(leg.account(), -leg.units())));
    if (split.quotaTokens() > 0) {
      legs.add(new Leg(revenue(transaction, tenant, Asset.TOKEN), split.quotaTokens()));
    }
    if (split.uncovered() > 0) {
      AccountKey owed = AccountKey.ofUser(tenant, request.user(), AccountKind.OWED, currency);
      AccountId account = ledger.open(transaction, owed, AccountTerms.PLAIN);
      legs.add(new Leg(account, -split.uncovered()));
    }
    long earned = Math.addExact(split.paid(), split.uncovered());
    if (earned > 0) {
      legs.add(new Leg(revenue(transaction, tenant, currency), earned));
      LimitAllowances allowances = new LimitAllowances(locked.values(), currency, hold, now);
      legs.addAll(counted(transaction, tenant, currency, allowances.use(earned)));
    }
    if (legs.isEmpty()) {
      ledger.release(transaction, tenant, request.charge().value());
    } else {
      var unused =
          ledger.post(
              transaction,
              new TransferRequest(
                  "relay_charge",
                  tenant,
                  OPERATION,
                  request.charge().toString(),
                  hash(request, result),
                  request.charge().toString(),
                  request.openedAt(),
                  legs,
                  List.of(request.charge().value())));
    }
    return new Charge(request.charge(), split.quotaTokens(), split.paid(), split.uncovered());
  }

  /** All at once, in the ledger's order: limits of others' may lie between the user's accounts. */
  private Map<AccountId, Account> lock(
      Transaction transaction, PassageRequest request, List<Leg> hold) {
    Set<AccountId> accounts = new LinkedHashSet<>();
    ledger
        .ofUser(transaction, request.tenant(), request.user())
        .forEach(account -> accounts.add(account.id()));
    hold.forEach(leg -> accounts.add(leg.account()));
    return ledger.lock(transaction, accounts);
  }

  private List<Leg> counted(
      Transaction transaction, TenantId tenant, Asset currency, List<Leg> used) {
    if (used.isEmpty()) {
      return List.of();
    }
    List<Leg> legs = new ArrayList<>();
    long sum = 0;
    for (Leg leg : used) {
      legs.add(new Leg(leg.account(), -leg.units()));
      sum = Math.addExact(sum, leg.units());
    }
    Asset allowance = Asset.allowance(currency);
    legs.add(
        new Leg(
            counter(transaction, AccountKey.world(tenant, AccountKind.WORLD_LIMITS, allowance)),
            sum));
    return legs;
  }

  private AccountId revenue(Transaction transaction, TenantId tenant, Asset asset) {
    return counter(transaction, AccountKey.ofTenant(tenant, AccountKind.REVENUE, asset));
  }

  /** Where what is taken goes. */
  private AccountId counter(Transaction transaction, AccountKey key) {
    AccountId known = counters.get(key);
    if (known != null) {
      return known;
    }
    AccountId account = ledger.open(transaction, key, AccountTerms.PLAIN);
    transaction.afterCommit(() -> counters.put(key, account));
    return account;
  }

  private static byte[] hash(PassageRequest request, PassageResult result) {
    return RequestHash.of(
        request.charge().toString(), result.quote(request).version(), result.usage().toString());
  }
}

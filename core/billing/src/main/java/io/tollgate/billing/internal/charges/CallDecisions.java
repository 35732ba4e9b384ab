package io.tollgate.billing.internal.charges;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.ChargeReceipt;
import io.tollgate.billing.QuotaAnswer;
import io.tollgate.billing.QuotaCheck;
import io.tollgate.billing.ServiceCall;
import io.tollgate.billing.ServiceDeduct;
import io.tollgate.billing.ServiceTerms;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.UserOfTenant;
import io.tollgate.metering.SpendLimit;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Decides calls one after the other, each over what those before it have left. Pure: what is to be
 * written is gathered. Confined to the transaction of its batch.
 */
final class CallDecisions {
  private final Instant now;
  private final RandomGenerator random;
  private final ServicesOfBatch services;
  private final StoredCalls stored;
  private final Map<UserOfTenant, UserFunds> funds;
  private final List<NewCharge> charges = new ArrayList<>();
  private final List<NewReservation> reservations = new ArrayList<>();
  private final List<StoredReservation> ended = new ArrayList<>();
  private final Map<CallKey, StoredCharge> fresh = new HashMap<>();
  private final Map<CallKey, NewReservation> freshReservations = new HashMap<>();

  CallDecisions(
      Instant now,
      RandomGenerator random,
      ServicesOfBatch services,
      StoredCalls stored,
      Map<UserOfTenant, UserFunds> funds) {
    this.now = requireNonNull(now, "now is null");
    this.random = requireNonNull(random, "random is null");
    this.services = requireNonNull(services, "services is null");
    this.stored = requireNonNull(stored, "stored is null");
    this.funds = requireNonNull(funds, "funds is null");
  }

  CallDecision decide(ReadyCall ready) {
    try {
      return switch (ready.waiting().call) {
        case QuotaCheck check -> check(ready, check);
        case ServiceDeduct deduct -> deduct(ready, deduct);
      };
    } catch (Refusal e) {
      return new CallDecision.Refused(e);
    }
  }

  /** What users have, as the decisions leave it. */
  Map<UserOfTenant, UserFunds> funds() {
    return funds;
  }

  List<NewCharge> charges() {
    return charges;
  }

  List<NewReservation> reservations() {
    return reservations;
  }

  /** Reservations that charges have used, and those that had lapsed. */
  List<StoredReservation> ended() {
    return ended;
  }

  private CallDecision deduct(ReadyCall ready, ServiceDeduct deduct) {
    Optional<CallKey> key = CallKey.of(ready);
    Optional<StoredCharge> before = key.flatMap(this::chargeOf);
    if (before.isPresent()) {
      requireSame(before.get().hash(), ready.waiting().hash(), deduct);
      return charged(before.get().receipt(true));
    }
    ServiceTerms terms = terms(ready);
    UserFunds means = funds(ready);
    Optional<Reserved> reserved = key.flatMap(this::reserved);
    reserved.ifPresent(open -> requireOf(open, ready));
    reserved.ifPresent(open -> means.release(open.legs()));
    try {
      long free = Math.min(deduct.count(), means.quota(terms.quota()));
      long paid = deduct.count() - free;
      Asset currency = ready.tenant().currency();
      Amount amount =
          CallPrice.of(deduct, terms, currency, paid).orElseThrow(() -> costNeeded(terms));
      if (amount.units() > means.money(currency)) {
        reserved.ifPresent(open -> means.reserveAgain(open.legs()));
        return new CallDecision.Short(Optional.empty());
      }
      Optional<SpendLimit.Scope> limit = means.limit(currency, amount.units());
      if (limit.isPresent()) {
        reserved.ifPresent(open -> means.reserveAgain(open.legs()));
        return new CallDecision.Short(limit);
      }
      List<Leg> freeLegs = free > 0 ? means.spend(terms.quota(), free) : List.of();
      List<Leg> money = amount.isZero() ? List.of() : means.spend(currency, amount.units());
      List<AccountId> limits = amount.isZero() ? List.of() : means.count(currency, amount.units());
      ChargeId id = ChargeId.create(now.toEpochMilli(), random);
      NewCharge charge =
          new NewCharge(
              ready,
              id,
              free,
              paid,
              amount,
              terms.quota(),
              freeLegs,
              money,
              limits,
              now.atZone(ready.tenant().zone()).toLocalDate(),
              means.balance(currency));
      charges.add(charge);
      reserved.ifPresent(open -> open.used().run());
      key.ifPresent(each -> fresh.put(each, stored(charge)));
      return charged(new ChargeReceipt(id, free, paid, amount, false));
    } catch (Refusal e) {
      reserved.ifPresent(open -> means.reserveAgain(open.legs()));
      throw e;
    }
  }

  private CallDecision check(ReadyCall ready, QuotaCheck check) {
    Optional<CallKey> key = CallKey.of(ready);
    Optional<QuotaAnswer> before = key.flatMap(each -> answeredBefore(each, ready));
    if (before.isPresent()) {
      return new CallDecision.Answered(new CallAnswer.Checked(before.get()));
    }
    ServiceTerms terms = terms(ready);
    UserFunds means = funds(ready);
    long free = Math.min(check.count(), means.quota(terms.quota()));
    long paid = check.count() - free;
    Asset currency = ready.tenant().currency();
    // what calls without a price cost is known with the deduct only: some money has to be there
    Optional<Amount> price = CallPrice.of(check, terms, currency, paid);
    long needed = price.map(Amount::units).orElse(paid > 0 ? 1L : 0L);
    if (needed > means.money(currency)) {
      return new CallDecision.Short(Optional.empty());
    }
    Optional<SpendLimit.Scope> limit = means.limit(currency, needed);
    if (limit.isPresent()) {
      return new CallDecision.Short(limit);
    }
    QuotaAnswer answer = paid == 0 ? QuotaAnswer.FREE : QuotaAnswer.BALANCE;
    key.ifPresent(
        each -> {
          List<Leg> legs = new ArrayList<>();
          if (free > 0) {
            legs.addAll(means.reserve(terms.quota(), free));
          }
          long reserved = price.map(Amount::units).orElse(0L);
          if (reserved > 0) {
            legs.addAll(means.reserve(currency, reserved));
            means
                .count(currency, reserved)
                .forEach(allowance -> legs.add(new Leg(allowance, reserved)));
          }
          NewReservation reservation =
              new NewReservation(
                  ready, ChargeId.create(now.toEpochMilli(), random).value(), answer, legs);
          reservations.add(reservation);
          freshReservations.put(each, reservation);
        });
    return new CallDecision.Answered(new CallAnswer.Checked(answer));
  }

  /** The answer of an earlier check, or of the deduct that followed it. */
  private Optional<QuotaAnswer> answeredBefore(CallKey key, ReadyCall ready) {
    ServiceCall call = ready.waiting().call;
    Optional<StoredCharge> charge = chargeOf(key);
    if (charge.isPresent()) {
      boolean same =
          charge.get().user().equals(ready.user().user())
              && charge.get().service().equals(call.service());
      if (!same) {
        throw usedOtherwise(call);
      }
      return Optional.of(charge.get().paidCount() == 0 ? QuotaAnswer.FREE : QuotaAnswer.BALANCE);
    }
    NewReservation here = freshReservations.get(key);
    if (here != null) {
      requireSame(here.ready().waiting().hash(), ready.waiting().hash(), call);
      return Optional.of(here.answer());
    }
    Optional<StoredReservation> open = stored.reservation(key);
    if (open.isEmpty()) {
      return Optional.empty();
    }
    if (!open.get().expiresAt().isAfter(now)) {
      // nobody has ended it yet
      stored.forget(key);
      funds(ready).release(open.get().legs());
      ended.add(open.get());
      return Optional.empty();
    }
    requireSame(open.get().hash(), ready.waiting().hash(), call);
    return open.map(StoredReservation::answer);
  }

  private Optional<StoredCharge> chargeOf(CallKey key) {
    return Optional.ofNullable(fresh.get(key)).or(() -> stored.charge(key));
  }

  private ServiceTerms terms(ReadyCall ready) {
    String service = ready.waiting().call.service();
    return services
        .find(ready.tenant(), service)
        .orElseThrow(
            () ->
                new Refusal(
                    ErrorCode.SERVICE_NOT_FOUND,
                    "service: "
                        + GivenText.shown(service)
                        + " (expected: one of "
                        + services.names(ready.tenant())
                        + ")"));
  }

  private UserFunds funds(ReadyCall ready) {
    return requireNonNull(funds.get(ready.user()), "the funds of a user were not read");
  }

  private static CallDecision charged(ChargeReceipt receipt) {
    return new CallDecision.Answered(new CallAnswer.Charged(receipt));
  }

  private static StoredCharge stored(NewCharge charge) {
    return new StoredCharge(
        charge.id(),
        charge.ready().tenant().id(),
        charge.ready().user().user(),
        charge.ready().waiting().call.service(),
        charge.ready().waiting().hash(),
        charge.freeCount(),
        charge.paidCount(),
        charge.amount(),
        charge.legs(),
        charge.limits(),
        charge.day());
  }

  /** What an earlier check has reserved, or one of this batch, which is then not written. */
  private Optional<Reserved> reserved(CallKey key) {
    NewReservation here = freshReservations.get(key);
    if (here != null) {
      return Optional.of(
          new Reserved(
              here.ready().user().user(),
              here.ready().waiting().call.service(),
              here.legs(),
              () -> {
                reservations.remove(here);
                freshReservations.remove(key);
              }));
    }
    return stored
        .reservation(key)
        .map(open -> new Reserved(open.user(), open.service(), open.legs(), () -> ended.add(open)));
  }

  private static void requireOf(Reserved open, ReadyCall ready) {
    ServiceCall call = ready.waiting().call;
    boolean same = open.user().equals(ready.user().user()) && open.service().equals(call.service());
    if (!same) {
      throw usedOtherwise(call);
    }
  }

  private static void requireSame(byte[] first, byte[] second, ServiceCall call) {
    if (!MessageDigest.isEqual(first, second)) {
      throw usedOtherwise(call);
    }
  }

  private static Refusal usedOtherwise(ServiceCall call) {
    return new Refusal(
        ErrorCode.IDEMPOTENCY_CONFLICT,
        "request_id: "
            + GivenText.shown(call.requestId().orElse(""))
            + " was used for something else (expected: a new one, or the same request)");
  }

  private static Refusal costNeeded(ServiceTerms terms) {
    return new Refusal(
        ErrorCode.INVALID_REQUEST,
        "cost is missing (expected: what the calls cost, as "
            + terms.name()
            + " has no price of its own)");
  }

  /**
   * What a deduct may use.
   *
   * @param used says that it does
   */
  private record Reserved(UserId user, String service, List<Leg> legs, Runnable used) {}
}

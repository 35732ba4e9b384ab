package io.tollgate.billing.internal.subscriptions;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.GrantLimits;
import io.tollgate.billing.GrantOrder;
import io.tollgate.billing.internal.grants.GrantReason;
import io.tollgate.billing.internal.grants.HandGrants;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.User;
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
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Books what a step of a subscription costs and gives. The key of both transfers is the
 * subscription and the number of its step, so that a step is booked once whatever happens.
 */
final class PlanBooking {
  static final String OPERATION = "billing.subscriptions";

  private final Ledger ledger;
  private final Users users;
  private final HandGrants quotas;
  private final InstantSource clock;

  PlanBooking(Ledger ledger, Users users, GrantLimits limits, InstantSource clock) {
    this.ledger = requireNonNull(ledger, "ledger is null");
    this.users = requireNonNull(users, "users is null");
    this.quotas = new HandGrants(ledger, users, limits, clock, GrantReason.PLAN);
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Takes a price from what the user has of the currency: grants, gifts, then the balance.
   *
   * @param held with the number of the step
   * @throws Refusal {@code INSUFFICIENT_MEANS}
   * @throws MeansHeldException when it is covered with what is held of the means
   */
  Optional<UUID> pay(Transaction transaction, Held held, Amount price) {
    return pay(transaction, held, price, Set.of(AccountKind.values()));
  }

  /** The same from the balance alone. */
  Optional<UUID> payFromBalance(Transaction transaction, Held held, Amount price) {
    return pay(transaction, held, price, Set.of(AccountKind.BALANCE));
  }

  private Optional<UUID> pay(
      Transaction transaction, Held held, Amount price, Set<AccountKind> from) {
    if (price.isZero()) {
      return Optional.empty();
    }
    Asset currency = price.asset();
    List<Leg> legs = new ArrayList<>();
    long missing = price.units();
    long inFlight = 0;
    Set<AccountId> heldOf = new LinkedHashSet<>();
    for (Account account : ledger.lockOfUser(transaction, held.tenant(), held.user())) {
      if (!account.key().asset().equals(currency)) {
        continue;
      }
      if (account.key().kind() == AccountKind.OWED) {
        requireNoDebt(account);
        continue;
      }
      if (!from.contains(account.key().kind())) {
        continue;
      }
      long taken = Math.clamp(account.available(), 0, missing);
      if (taken > 0) {
        legs.add(new Leg(account.id(), -taken));
      }
      missing -= taken;
      inFlight = Math.addExact(inFlight, account.held());
      if (account.held() > 0) {
        heldOf.add(account.id());
      }
    }
    if (missing > inFlight) {
      throw new Refusal(
              ErrorCode.INSUFFICIENT_MEANS, "the balance does not cover " + price + " of the plan")
          .withDetails("top up and try again");
    }
    if (missing > 0) {
      throw new MeansHeldException(price, heldOf);
    }
    AccountId revenue =
        ledger.open(
            transaction,
            AccountKey.ofTenant(held.tenant(), AccountKind.REVENUE, currency),
            AccountTerms.PLAIN);
    legs.add(new Leg(revenue, price.units()));
    String key = held.id() + ":" + held.steps();
    Posting posting =
        ledger.post(
            transaction,
            new TransferRequest(
                "subscription",
                held.tenant(),
                OPERATION,
                key,
                RequestHash.of(OPERATION, key, Long.toString(price.units())),
                "subscription:" + held.id(),
                clock.instant(),
                legs,
                List.of()));
    if (posting.repeated()) {
      throw new IllegalStateException(
          "step " + key + " was paid before (expected: its row says so)");
    }
    return Optional.of(posting.transfer());
  }

  /** What keeps the balance from paying a price, where anything does. */
  Optional<String> shortOf(Transaction transaction, TenantId tenant, UserId user, Amount price) {
    long available = 0;
    for (Account account : ledger.lockOfUser(transaction, tenant, user)) {
      if (account.key().asset().equals(price.asset())) {
        if (account.key().kind() == AccountKind.OWED && account.balance() < 0) {
          return Optional.of("something is owed, which is paid first");
        }
        if (account.key().kind() == AccountKind.BALANCE) {
          available = account.available();
        }
      }
    }
    return available < price.units()
        ? Optional.of("of what was paid a part went to what was owed")
        : Optional.empty();
  }

  private static void requireNoDebt(Account owed) {
    if (owed.balance() < 0) {
      throw new Refusal(ErrorCode.INSUFFICIENT_MEANS, "something is owed, which is paid first")
          .withDetails("top up and try again");
    }
  }

  /** Gives tokens until a time. */
  Optional<UUID> give(Transaction transaction, Held held, long tokens, Instant until) {
    if (tokens == 0) {
      return Optional.empty();
    }
    GrantOrder order =
        new GrantOrder(
            held.tenant(),
            externalId(transaction, held.user()),
            new Amount(Asset.TOKEN, tokens),
            Optional.of(until),
            0,
            held.id() + ":" + held.steps());
    return Optional.of(quotas.give(transaction, order).transfer());
  }

  private String externalId(Transaction transaction, UserId id) {
    return users
        .find(transaction, id)
        .map(User::externalId)
        .orElseThrow(() -> new Refusal(ErrorCode.USER_NOT_FOUND, "there is no user " + id));
  }

  HandGrants quotas() {
    return quotas;
  }
}

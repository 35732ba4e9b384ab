package io.tollgate.rewards.internal.cards;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.InvitationTree;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.AccountTotal;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.LedgerQueries;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.Posting;
import io.tollgate.ledger.RequestHash;
import io.tollgate.ledger.TransferRequest;
import io.tollgate.rewards.CardType;
import io.tollgate.rewards.PointCard;
import io.tollgate.rewards.PointCards;
import io.tollgate.rewards.PointLogs.ChangeType;
import io.tollgate.rewards.Points;
import io.tollgate.rewards.internal.PointEvents;
import io.tollgate.rewards.internal.RewardMeters;
import io.tollgate.rewards.internal.UsersOfTenants;
import io.tollgate.rewards.internal.crash.RewardStep;
import io.tollgate.rewards.internal.crash.RewardSteps;
import io.tollgate.rewards.internal.pools.OpenPools;
import io.tollgate.rewards.internal.terms.StoredTerms;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Moves points between cards: all cards are locked first, so that what is logged is what moves. */
public final class StoredPointCards implements PointCards {
  private static final String RECHARGE = "rewards.recharge";
  private static final String GIVE = "rewards.give";
  private static final String TRANSFER = "rewards.transfer";

  private final Ledger ledger;
  private final LedgerQueries queries;
  private final UsersOfTenants users;
  private final InvitationTree tree;
  private final CardAccounts accounts;
  private final OwedPoints owed;
  private final RewardSteps steps;
  private final InstantSource clock;
  private final RandomGenerator random;

  public StoredPointCards(
      Ledger ledger,
      LedgerQueries queries,
      UsersOfTenants users,
      InvitationTree tree,
      CardAccounts accounts,
      OpenPools pools,
      RewardMeters meters,
      RewardSteps steps,
      InstantSource clock,
      RandomGenerator random) {
    this.ledger = requireNonNull(ledger, "ledger is null");
    this.queries = requireNonNull(queries, "queries is null");
    this.users = requireNonNull(users, "users is null");
    this.tree = requireNonNull(tree, "tree is null");
    this.accounts = requireNonNull(accounts, "accounts is null");
    this.owed = new OwedPoints(ledger, accounts, pools, meters, clock);
    this.steps = requireNonNull(steps, "steps is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.random = requireNonNull(random, "random is null");
  }

  @Override
  public PointCard ofTenant(Transaction transaction, TenantId tenant) {
    Holder holder = Holder.of(tenant);
    return requireNonNull(accounts.read(transaction, List.of(holder)).get(holder));
  }

  @Override
  public PointCard ofUser(Transaction transaction, TenantId tenant, UserId user) {
    return requireNonNull(ofUsers(transaction, tenant, List.of(user)).get(user));
  }

  @Override
  public Map<UserId, PointCard> ofUsers(
      Transaction transaction, TenantId tenant, Collection<UserId> wanted) {
    Map<UserId, PointCard> cards = new LinkedHashMap<>();
    accounts
        .read(transaction, wanted.stream().map(user -> Holder.of(tenant, user)).toList())
        .forEach((holder, card) -> cards.put(holder.user().orElseThrow(), card));
    return cards;
  }

  @Override
  public PointCard ofAllUsers(Transaction transaction, TenantId tenant) {
    PointCard own = ofTenant(transaction, tenant);
    long self = 0;
    long gift = 0;
    long owing = 0;
    for (AccountTotal total : queries.totals(transaction, Optional.of(tenant))) {
      long units = total.units().longValueExact();
      switch (total.kind()) {
        case POINT_SELF -> self += units - own.self().units();
        case POINT_GIFT -> gift += units - own.gift().units();
        case POINT_OWED -> owing -= units;
        case POINT_DUE,
            PROFIT_POOL,
            REWARD,
            BALANCE,
            GRANT,
            GIFT,
            OWED,
            LIMIT,
            REVENUE,
            SUSPENSE,
            WORLD_PAYMENTS,
            WORLD_GRANTS,
            WORLD_UPSTREAM,
            WORLD_LIMITS -> {}
      }
    }
    return new PointCard(points(self), points(gift), points(owing));
  }

  @Override
  public boolean isPaused(
      Transaction transaction, TenantId tenant, UserId user, Amount minPointCard) {
    return ofUser(transaction, tenant, user).pauses(minPointCard);
  }

  @Override
  public Collection<UserId> owing(
      Transaction transaction, TenantId tenant, Collection<UserId> wanted) {
    return ofUsers(transaction, tenant, wanted).entrySet().stream()
        .filter(entry -> entry.getValue().owed().isPositive())
        .map(Map.Entry::getKey)
        .toList();
  }

  @Override
  public Credited rechargeTenant(Transaction transaction, TenantRecharge order) {
    UsersOfTenants.checkKey(order.key());
    UsersOfTenants.checkRemark(order.remark());
    var _ = users.require(transaction, order.tenant());
    LockedCard card = accounts.lock(transaction, Holder.of(order.tenant())).getFirst();
    Operation operation =
        new Operation(
            "point_recharge",
            RECHARGE,
            order.tenant(),
            order.key(),
            RequestHash.of(
                RECHARGE,
                order.type().code(),
                Long.toString(order.amount().units()),
                order.remark()));
    Optional<Posting> before = operation.before(transaction);
    if (before.isPresent()) {
      PointLogTable.Written row = PointLogTable.of(transaction, before.get().transfer()).getFirst();
      return new Credited(before.get().transfer(), order.amount(), row.before(), row.after(), true);
    }
    card.requireRoom(order.amount());
    long units = order.amount().units();
    AccountKind from =
        switch (order.type()) {
          case SELF -> AccountKind.WORLD_PAYMENTS;
          case GIFT -> AccountKind.WORLD_GRANTS;
        };
    Posting posting =
        operation.post(
            transaction,
            List.of(
                new Leg(accounts.ofWorld(transaction, order.tenant(), from), -units),
                new Leg(card.account(order.type()), units)));
    LockedCard after = card.after(order.type(), units);
    write(
        transaction,
        card,
        after,
        given(order.type()),
        order.type(),
        Optional.empty(),
        posting,
        order.remark());
    booked(transaction);
    return new Credited(posting.transfer(), order.amount(), card.card(), after.card(), false);
  }

  @Override
  public Given give(Transaction transaction, UserRecharge order) {
    UsersOfTenants.checkKey(order.key());
    UsersOfTenants.checkRemark(order.remark());
    var _ = users.require(transaction, order.tenant(), order.user());
    List<LockedCard> cards =
        accounts.lock(
            transaction, Holder.of(order.tenant()), Holder.of(order.tenant(), order.user()));
    Operation operation =
        new Operation(
            "point_give",
            GIVE,
            order.tenant(),
            order.key(),
            RequestHash.of(
                GIVE,
                order.user().toString(),
                order.type().code(),
                Long.toString(order.amount().units()),
                order.remark()));
    Optional<Posting> before = operation.before(transaction);
    if (before.isPresent()) {
      return repeatedGift(transaction, before.get(), order.amount());
    }
    LockedCard tenant = cards.getFirst();
    LockedCard user = cards.getLast();
    user.requireRoom(order.amount());
    long units = order.amount().units();
    CardType type = order.type();
    Posting posting =
        operation.post(
            transaction,
            List.of(new Leg(tenant.account(type), -units), new Leg(user.account(type), units)));
    LockedCard tenantAfter = tenant.after(type, -units);
    LockedCard userAfter = user.after(type, units);
    write(
        transaction,
        tenant,
        tenantAfter,
        ChangeType.GIVEN,
        type,
        Optional.of(order.user()),
        posting,
        order.remark());
    write(
        transaction, user, userAfter, given(type), type, Optional.empty(), posting, order.remark());
    LockedCard paid = owed.pay(transaction, userAfter, type, posting.transfer());
    PointEvents.Reason reason =
        switch (type) {
          case SELF -> PointEvents.Reason.RECHARGE;
          case GIFT -> PointEvents.Reason.GIFT;
        };
    tell(transaction, user, userAfter, paid, reason, posting);
    booked(transaction);
    return new Given(
        posting.transfer(),
        order.amount(),
        tenant.card(),
        tenantAfter.card(),
        user.card(),
        paid.card(),
        false);
  }

  @Override
  public Moved transfer(Transaction transaction, PointTransfer order) {
    UsersOfTenants.checkKey(order.key());
    UsersOfTenants.checkRemark(order.remark());
    if (order.from().equals(order.to())) {
      throw GivenText.refused("to", order.to().toString(), "another user than the giver");
    }
    users.require(transaction, order.tenant(), List.of(order.from(), order.to()));
    List<LockedCard> cards =
        accounts.lock(
            transaction,
            Holder.of(order.tenant(), order.from()),
            Holder.of(order.tenant(), order.to()));
    Operation operation =
        new Operation(
            "point_transfer",
            TRANSFER,
            order.tenant(),
            order.key(),
            RequestHash.of(
                TRANSFER,
                order.from().toString(),
                order.to().toString(),
                order.type().code(),
                Long.toString(order.amount().units()),
                order.remark()));
    Optional<Posting> before = operation.before(transaction);
    if (before.isPresent()) {
      return repeatedTransfer(transaction, before.get(), order);
    }
    requireLine(transaction, order);
    LockedCard from = cards.getFirst();
    LockedCard to = cards.getLast();
    to.requireRoom(order.amount());
    long units = order.amount().units();
    CardType type = order.type();
    Posting posting =
        operation.post(
            transaction,
            List.of(new Leg(from.account(type), -units), new Leg(to.account(type), units)));
    LockedCard fromAfter = from.after(type, -units);
    LockedCard toAfter = to.after(type, units);
    write(
        transaction,
        from,
        fromAfter,
        ChangeType.OUT,
        type,
        Optional.of(order.to()),
        posting,
        order.remark());
    write(
        transaction,
        to,
        toAfter,
        ChangeType.IN,
        type,
        Optional.of(order.from()),
        posting,
        order.remark());
    LockedCard paid = owed.pay(transaction, toAfter, type, posting.transfer());
    tell(transaction, from, fromAfter, fromAfter, PointEvents.Reason.TRANSFER, posting);
    tell(transaction, to, toAfter, paid, PointEvents.Reason.TRANSFER, posting);
    booked(transaction);
    return new Moved(posting.transfer(), order.amount(), fromAfter.card(), paid.card(), false);
  }

  private void booked(Transaction transaction) {
    transaction.afterCommit(() -> steps.reach(RewardStep.POINTS_BOOKED));
    steps.reach(RewardStep.POINTS_BOOKING);
  }

  private void requireLine(Transaction transaction, PointTransfer order) {
    if (StoredTerms.read(transaction, order.tenant()).terms().transferWholeTenant()
        || tree.isOneLine(transaction, order.from(), order.to())) {
      return;
    }
    throw new Refusal(
        ErrorCode.FORBIDDEN,
        "users "
            + order.from()
            + " and "
            + order.to()
            + " are not in one invitation line (expected: one has invited the other, directly or"
            + " through others)");
  }

  private static Given repeatedGift(Transaction transaction, Posting before, Amount amount) {
    List<PointLogTable.Written> rows = PointLogTable.of(transaction, before.transfer());
    PointLogTable.Written tenant = rows.getFirst();
    List<PointLogTable.Written> ofUser =
        rows.stream().filter(row -> row.user().isPresent()).toList();
    return new Given(
        before.transfer(),
        amount,
        tenant.before(),
        tenant.after(),
        ofUser.getFirst().before(),
        ofUser.getLast().after(),
        true);
  }

  private static Moved repeatedTransfer(
      Transaction transaction, Posting before, PointTransfer order) {
    List<PointLogTable.Written> rows = PointLogTable.of(transaction, before.transfer());
    return new Moved(
        before.transfer(),
        order.amount(),
        rows.getFirst().after(),
        rows.stream()
            .filter(row -> row.user().equals(Optional.of(order.to())))
            .toList()
            .getLast()
            .after(),
        true);
  }

  private static Amount points(long units) {
    return new Amount(Points.ASSET, units);
  }

  /** How a log calls what somebody was given. */
  private static ChangeType given(CardType type) {
    return switch (type) {
      case SELF -> ChangeType.RECHARGE;
      case GIFT -> ChangeType.GIFT;
    };
  }

  private void write(
      Transaction transaction,
      LockedCard before,
      LockedCard after,
      ChangeType change,
      CardType type,
      Optional<UserId> other,
      Posting posting,
      String remark) {
    Instant now = clock.instant();
    PointLogTable.write(
        transaction,
        new PointLogTable.Movement(
            before.holder(),
            change,
            type,
            before.card(),
            after.card(),
            other,
            Optional.of(posting.transfer()),
            posting.transfer(),
            remark),
        now);
  }

  /** Tells a user of what was moved, and then of what was paid out of it. */
  private static void tell(
      Transaction transaction,
      LockedCard before,
      LockedCard moved,
      LockedCard paid,
      PointEvents.Reason reason,
      Posting posting) {
    TenantId tenant = before.holder().tenant();
    UserId user = before.holder().user().orElseThrow();
    String reference = posting.transfer().toString();
    PointEvents.card(transaction, tenant, user, before.card(), moved.card(), reason, reference);
    PointEvents.card(
        transaction,
        tenant,
        user,
        moved.card(),
        paid.card(),
        PointEvents.Reason.PROFIT_SHARE,
        reference);
  }

  /** One call, under its idempotency key or one of its own. */
  private final class Operation {
    private final String kind;
    private final String operation;
    private final TenantId tenant;
    private final Optional<String> key;
    private final byte[] hash;

    Operation(String kind, String operation, TenantId tenant, Optional<String> key, byte[] hash) {
      this.kind = kind;
      this.operation = operation;
      this.tenant = tenant;
      this.key = key.map(given -> "key:" + given);
      this.hash = hash;
    }

    /** What was posted under the key before; the cards are locked. */
    Optional<Posting> before(Transaction transaction) {
      return key.flatMap(given -> ledger.posted(transaction, tenant, operation, given, hash));
    }

    Posting post(Transaction transaction, List<Leg> legs) {
      return ledger.post(
          transaction,
          new TransferRequest(
              kind,
              tenant,
              operation,
              key.orElseGet(() -> "once:" + new UUID(random.nextLong(), random.nextLong())),
              hash,
              "",
              clock.instant(),
              legs,
              List.of()));
    }
  }
}

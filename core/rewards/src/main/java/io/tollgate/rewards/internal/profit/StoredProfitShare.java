package io.tollgate.rewards.internal.profit;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.TenantId;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.Posting;
import io.tollgate.ledger.RequestHash;
import io.tollgate.ledger.TransferRequest;
import io.tollgate.rewards.AccountNature;
import io.tollgate.rewards.CardType;
import io.tollgate.rewards.PointCard;
import io.tollgate.rewards.PointLogs.ChangeType;
import io.tollgate.rewards.Points;
import io.tollgate.rewards.ProfitShare;
import io.tollgate.rewards.internal.PointEvents;
import io.tollgate.rewards.internal.RewardMeters;
import io.tollgate.rewards.internal.Share;
import io.tollgate.rewards.internal.UsersOfTenants;
import io.tollgate.rewards.internal.cards.CardAccounts;
import io.tollgate.rewards.internal.cards.Holder;
import io.tollgate.rewards.internal.cards.LockedCard;
import io.tollgate.rewards.internal.cards.PointLogTable;
import io.tollgate.rewards.internal.crash.RewardStep;
import io.tollgate.rewards.internal.crash.RewardSteps;
import io.tollgate.rewards.internal.pools.OpenPools;
import io.tollgate.rewards.internal.profit.CloseTable.Mark;
import io.tollgate.rewards.internal.profit.CloseTable.Shared;
import io.tollgate.rewards.internal.terms.StoredTerms;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Charges profit shares: the user's card is locked, so that of one close told twice one charges.
 */
public final class StoredProfitShare implements ProfitShare {
  private static final String OPERATION = "rewards.profit";

  private final Ledger ledger;
  private final UsersOfTenants users;
  private final CardAccounts accounts;
  private final OpenPools pools;
  private final BindingMinimums minimums;
  private final Predicate<AccountNature> counts;
  private final RewardMeters meters;
  private final RewardSteps steps;
  private final InstantSource clock;

  /**
   * @param counts which accounts' profits are shared
   */
  public StoredProfitShare(
      Ledger ledger,
      UsersOfTenants users,
      CardAccounts accounts,
      OpenPools pools,
      BindingMinimums minimums,
      Predicate<AccountNature> counts,
      RewardMeters meters,
      RewardSteps steps,
      InstantSource clock) {
    this.ledger = requireNonNull(ledger, "ledger is null");
    this.users = requireNonNull(users, "users is null");
    this.accounts = requireNonNull(accounts, "accounts is null");
    this.pools = requireNonNull(pools, "pools is null");
    this.minimums = requireNonNull(minimums, "minimums is null");
    this.counts = requireNonNull(counts, "counts is null");
    this.meters = requireNonNull(meters, "meters is null");
    this.steps = requireNonNull(steps, "steps is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public ProfitCharge close(Transaction transaction, ProfitClose close) {
    var _ = users.require(transaction, close.tenant(), close.user());
    if (!counts.test(close.nature())) {
      return ProfitCharge.NONE;
    }
    LockedCard card =
        accounts.lock(transaction, Holder.of(close.tenant(), close.user())).getFirst();
    Optional<ProfitCharge> before = CloseTable.find(transaction, close);
    if (before.isPresent()) {
      return before.get();
    }
    StoredTerms.Kept terms = StoredTerms.read(transaction, close.tenant());
    Shared shared = share(terms, above(transaction, close, terms), card.card());
    if (shared.charged() == 0) {
      long _ = CloseTable.insert(transaction, close, shared, Optional.empty(), clock.instant());
      return ProfitCharge.NONE;
    }
    return charge(transaction, close, card, shared, terms);
  }

  /** What of a profit is shared. */
  private static long above(Transaction transaction, ProfitClose close, StoredTerms.Kept terms) {
    long profit = close.profit().units();
    if (!terms.terms().highWaterMark()) {
      return Math.max(0, profit);
    }
    Mark mark =
        CloseTable.lockMark(transaction, close.tenant(), close.account(), terms.markSwitch());
    Mark after = mark.after(profit);
    CloseTable.write(transaction, close.tenant(), close.account(), after);
    return after.highest() - mark.highest();
  }

  private static Shared share(StoredTerms.Kept terms, long shared, PointCard card) {
    long charged = Share.halfEven(shared, Share.tenThousandths(terms.terms().profitRate()));
    long self = Math.min(charged, card.self().units());
    long gift = Math.min(charged - self, card.gift().units());
    return new Shared(
        shared, terms.terms().profitRate(), charged, self, gift, charged - self - gift);
  }

  private ProfitCharge charge(
      Transaction transaction,
      ProfitClose close,
      LockedCard card,
      Shared shared,
      StoredTerms.Kept terms) {
    Posting posting = post(transaction, close, card, shared);
    Instant now = clock.instant();
    UUID transfer = posting.transfer();
    long id = CloseTable.insert(transaction, close, shared, Optional.of(transfer), now);
    LockedCard after = card.after(-shared.self(), -shared.gift(), shared.owed());
    boolean moved = shared.self() + shared.gift() > 0;
    PointLogTable.write(
        transaction,
        new PointLogTable.Movement(
            card.holder(),
            ChangeType.PROFIT_CHARGE,
            shared.self() == 0 && shared.gift() > 0 ? CardType.GIFT : CardType.SELF,
            card.card(),
            after.card(),
            Optional.empty(),
            moved ? Optional.of(transfer) : Optional.empty(),
            transfer,
            ""),
        now);
    OptionalLong pool =
        shared.self() == 0
            ? OptionalLong.empty()
            : OptionalLong.of(
                pools.open(
                    transaction,
                    close.tenant(),
                    id,
                    shared.self(),
                    transfer,
                    pools.chain(transaction, close.user(), terms.terms())));
    tell(transaction, close, card.card(), after.card(), transfer);
    transaction.afterCommit(() -> meters.charged(shared.self(), shared.gift(), shared.owed()));
    steps.reach(RewardStep.PROFIT_BOOKING);
    return new ProfitCharge(
        points(shared.charged()),
        points(shared.self()),
        points(shared.gift()),
        points(shared.owed()),
        pool,
        false);
  }

  /** Self goes into a pool, gift is the tenant's, and what is owed is due to it. */
  private Posting post(Transaction transaction, ProfitClose close, LockedCard card, Shared shared) {
    TenantId tenant = close.tenant();
    List<Leg> legs = new ArrayList<>();
    if (shared.self() > 0) {
      legs.add(new Leg(card.self(), -shared.self()));
      legs.add(
          new Leg(accounts.ofTenant(transaction, tenant, AccountKind.PROFIT_POOL), shared.self()));
    }
    if (shared.gift() > 0) {
      legs.add(new Leg(card.gift(), -shared.gift()));
      legs.add(new Leg(accounts.ofTenant(transaction, tenant, AccountKind.REVENUE), shared.gift()));
    }
    if (shared.owed() > 0) {
      AccountId owed = accounts.owed(transaction, card);
      legs.add(new Leg(owed, -shared.owed()));
      legs.add(
          new Leg(accounts.ofTenant(transaction, tenant, AccountKind.POINT_DUE), shared.owed()));
    }
    String key = close.account().length() + ":" + close.account() + ":" + close.closeId();
    return ledger.post(
        transaction,
        new TransferRequest(
            "profit_charge",
            tenant,
            OPERATION,
            key,
            RequestHash.of(
                OPERATION,
                close.user().toString(),
                Long.toString(close.profit().units()),
                Long.toString(shared.charged())),
            close.closeId(),
            clock.instant(),
            legs,
            List.of()));
  }

  private void tell(
      Transaction transaction,
      ProfitClose close,
      PointCard before,
      PointCard after,
      UUID transfer) {
    PointEvents.card(
        transaction,
        close.tenant(),
        close.user(),
        before,
        after,
        PointEvents.Reason.PROFIT_SHARE,
        transfer.toString());
    Optional<Amount> wanted = minimums.highest(transaction, close.tenant(), close.user());
    boolean pauses =
        wanted.filter(least -> !before.pauses(least) && after.pauses(least)).isPresent();
    if (after.owed().compareTo(before.owed()) > 0 || pauses) {
      PointEvents.low(transaction, close.tenant(), close.user(), after);
    }
  }

  private static Amount points(long units) {
    return new Amount(Points.ASSET, units);
  }
}

package io.tollgate.rewards.internal.cards;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.Posting;
import io.tollgate.ledger.RequestHash;
import io.tollgate.ledger.TransferRequest;
import io.tollgate.rewards.CardType;
import io.tollgate.rewards.PointLogs.ChangeType;
import io.tollgate.rewards.internal.RewardMeters;
import io.tollgate.rewards.internal.pools.FrozenChain;
import io.tollgate.rewards.internal.pools.OpenPools;
import io.tollgate.rewards.internal.terms.StoredTerms;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Pays what a user owes of profit shares out of what they have just got: from self into new pools,
 * from gift to the tenant's revenue.
 */
final class OwedPoints {
  private static final String OPERATION = "rewards.owed";

  private final Ledger ledger;
  private final CardAccounts accounts;
  private final OpenPools pools;
  private final RewardMeters meters;
  private final InstantSource clock;

  OwedPoints(
      Ledger ledger,
      CardAccounts accounts,
      OpenPools pools,
      RewardMeters meters,
      InstantSource clock) {
    this.ledger = requireNonNull(ledger, "ledger is null");
    this.accounts = requireNonNull(accounts, "accounts is null");
    this.pools = requireNonNull(pools, "pools is null");
    this.meters = requireNonNull(meters, "meters is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Pays.
   *
   * @param card as the credit left it
   * @param type what was credited
   * @param cause the transfer that credited it
   * @return the card after it
   */
  LockedCard pay(Transaction transaction, LockedCard card, CardType type, UUID cause) {
    long units = Math.min(card.card().owed().units(), card.card().of(type).units());
    if (units == 0) {
      return card;
    }
    TenantId tenant = card.holder().tenant();
    UserId user = card.holder().user().orElseThrow();
    Posting posting = post(transaction, card, type, units, cause);
    LockedCard after =
        switch (type) {
          case SELF -> card.after(-units, 0, -units);
          case GIFT -> card.after(0, -units, -units);
        };
    Instant now = clock.instant();
    PointLogTable.write(
        transaction,
        new PointLogTable.Movement(
            card.holder(),
            ChangeType.PROFIT_CHARGE,
            type,
            card.card(),
            after.card(),
            Optional.empty(),
            Optional.of(posting.transfer()),
            cause,
            "owed"),
        now);
    List<OwedTable.Due> due = OwedTable.oldest(transaction, user, units);
    due.forEach(part -> OwedTable.pay(transaction, part, type, posting.transfer(), now));
    if (type == CardType.SELF) {
      FrozenChain chain =
          pools.chain(transaction, user, StoredTerms.read(transaction, tenant).terms());
      due.forEach(
          part -> {
            long _ =
                pools.open(
                    transaction, tenant, part.close(), part.units(), posting.transfer(), chain);
          });
    }
    transaction.afterCommit(() -> meters.owedPaid(units));
    return after;
  }

  private Posting post(
      Transaction transaction, LockedCard card, CardType type, long units, UUID cause) {
    TenantId tenant = card.holder().tenant();
    String key = cause.toString();
    return ledger.post(
        transaction,
        new TransferRequest(
            "points_owed_payment",
            tenant,
            OPERATION,
            key,
            RequestHash.of(OPERATION, key),
            key,
            clock.instant(),
            List.of(
                new Leg(card.account(type), -units),
                new Leg(accounts.owed(transaction, card), units),
                new Leg(accounts.ofTenant(transaction, tenant, AccountKind.POINT_DUE), -units),
                new Leg(accounts.ofTenant(transaction, tenant, goesTo(type)), units)),
            List.of()));
  }

  /** Where a share of a profit goes. */
  private static AccountKind goesTo(CardType type) {
    return switch (type) {
      case SELF -> AccountKind.PROFIT_POOL;
      case GIFT -> AccountKind.REVENUE;
    };
  }
}

package io.tollgate.ledger.internal.posting;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.Posting;
import io.tollgate.ledger.TransferRequest;
import io.tollgate.ledger.internal.PostingClock;
import io.tollgate.ledger.internal.accounts.LockedAccount;
import io.tollgate.ledger.internal.accounts.LockedAccounts;
import io.tollgate.ledger.internal.accounts.OpenHolds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Decides, over locked accounts, what can be posted or held: pure, no SQL. What is decided changes
 * the balances the next decision sees, and is added to the plan. A refusal changes nothing.
 */
final class PostingDecisions {
  private final LockedAccounts accounts;
  private final OpenHolds holds;
  private final PostingClock clock;
  private final int creditShard;
  private final PostingPlan plan;

  PostingDecisions(
      LockedAccounts accounts,
      OpenHolds holds,
      PostingClock clock,
      int creditShard,
      PostingPlan plan) {
    this.accounts = accounts;
    this.holds = holds;
    this.clock = clock;
    this.creditShard = creditShard;
    this.plan = plan;
  }

  /**
   * Decides one transfer.
   *
   * @throws IllegalArgumentException when the request makes no sense whatever the balances
   */
  PostingOutcome post(TransferDraft draft) {
    TransferRequest request = draft.request();
    requireSound(request);
    List<PostingPlan.Move> moves = movesOf(request);
    try {
      Map<LockedAccount, Change> changes = changesOf(request, moves);
      Optional<Refusal> refusal = makeRoom(changes);
      if (refusal.isPresent()) {
        return new PostingOutcome.Refused(refusal.get());
      }
      changes.forEach(PostingDecisions::apply);
    } catch (ArithmeticException e) {
      return new PostingOutcome.Refused(LockedAccount.doesNotFit(e));
    }
    request.releases().forEach(holds::close);
    Posting posting = plan.add(draft, clock.next(), moves);
    new OwedPayments(accounts, clock, plan).after(request, posting, moves);
    return new PostingOutcome.Posted(posting);
  }

  /** Decides to reserve amounts; empty when it is done. */
  Optional<Refusal> hold(TenantId tenant, List<Leg> legs) {
    Map<LockedAccount, Change> changes = new LinkedHashMap<>();
    try {
      for (Leg leg : legs) {
        requireTenant(leg, tenant);
        merge(changes, accounts.row(leg.account().value(), 0), new Change(0, leg.units()));
      }
      Optional<Refusal> refusal = makeRoom(changes);
      if (refusal.isEmpty()) {
        changes.forEach(PostingDecisions::apply);
      }
      return refusal;
    } catch (ArithmeticException e) {
      return Optional.of(LockedAccount.doesNotFit(e));
    }
  }

  private void requireSound(TransferRequest request) {
    Map<String, Long> sums = new HashMap<>();
    for (Leg leg : request.legs()) {
      requireTenant(leg, request.tenant());
      String asset = accounts.any(leg.account().value()).asset.code();
      sums.merge(asset, leg.units(), Math::addExact);
    }
    sums.forEach(
        (asset, sum) -> {
          if (sum != 0) {
            throw new IllegalArgumentException(
                "legs in " + asset + " sum to " + sum + " units (expected: 0)");
          }
        });
  }

  private void requireTenant(Leg leg, TenantId tenant) {
    long owner = accounts.any(leg.account().value()).tenant;
    if (owner != tenant.value()) {
      throw new IllegalArgumentException(
          "account "
              + leg.account()
              + " is of another tenant (expected: of tenant "
              + tenant
              + ")");
    }
  }

  /** Debits go to shard 0; so do credits to an account that the same transfer debits. */
  private List<PostingPlan.Move> movesOf(TransferRequest request) {
    Set<Long> debited = new HashSet<>();
    for (Leg leg : request.legs()) {
      if (leg.units() < 0) {
        debited.add(leg.account().value());
      }
    }
    List<PostingPlan.Move> moves = new ArrayList<>(request.legs().size());
    for (Leg leg : request.legs()) {
      long account = leg.account().value();
      boolean toShardZero = !accounts.any(account).hot || debited.contains(account);
      moves.add(
          new PostingPlan.Move(accounts.row(account, toShardZero ? 0 : creditShard), leg.units()));
    }
    return moves;
  }

  private Map<LockedAccount, Change> changesOf(
      TransferRequest request, List<PostingPlan.Move> moves) {
    Map<LockedAccount, Change> changes = new LinkedHashMap<>();
    for (PostingPlan.Move move : moves) {
      merge(changes, move.row(), new Change(move.units(), 0));
    }
    Set<UUID> releases = new LinkedHashSet<>(request.releases());
    for (UUID id : releases) {
      holds
          .find(id, request.tenant().value())
          .ifPresent(
              hold -> {
                for (Leg leg : hold.legs()) {
                  LockedAccount row = accounts.row(leg.account().value(), 0);
                  merge(changes, row, new Change(0, -leg.units()));
                }
              });
    }
    return changes;
  }

  /** Checks the floors, and folds the shards of hot accounts where that keeps them. */
  private Optional<Refusal> makeRoom(Map<LockedAccount, Change> changes) {
    List<LockedAccount> folds = new ArrayList<>();
    for (Map.Entry<LockedAccount, Change> entry : changes.entrySet()) {
      LockedAccount row = entry.getKey();
      Change change = entry.getValue();
      long balance = Math.addExact(row.balance(), change.balance);
      long held = Math.addExact(row.held(), change.held);
      if (row.floor.isEmpty() || Math.subtractExact(balance, held) >= row.floor.getAsLong()) {
        continue;
      }
      long missing = Math.subtractExact(row.floor.getAsLong(), Math.subtractExact(balance, held));
      long elsewhere = elsewhere(row);
      if (elsewhere < missing) {
        return Optional.of(insufficient(row, change, elsewhere));
      }
      folds.add(row);
    }
    folds.forEach(this::fold);
    return Optional.empty();
  }

  private long elsewhere(LockedAccount zero) {
    long sum = 0;
    for (LockedAccount row : accounts.shards(zero.id)) {
      if (row.shard != 0) {
        sum = Math.addExact(sum, row.balance());
      }
    }
    return sum;
  }

  private void fold(LockedAccount zero) {
    List<PostingPlan.Move> moves = new ArrayList<>();
    for (LockedAccount row : accounts.shards(zero.id)) {
      if (row.shard != 0 && row.balance() != 0) {
        moves.add(new PostingPlan.Move(row, -row.balance()));
        zero.addBalance(row.balance());
        row.addBalance(Math.negateExact(row.balance()));
      }
    }
    long moved = -moves.stream().mapToLong(PostingPlan.Move::units).sum();
    moves.add(new PostingPlan.Move(zero, moved));
    plan.fold(zero.tenant, clock.next(), moves);
  }

  private static Refusal insufficient(LockedAccount row, Change change, long elsewhere) {
    long needed = Math.subtractExact(change.held, change.balance);
    long available = Math.addExact(row.available(), elsewhere);
    return new Refusal(
        ErrorCode.INSUFFICIENT_MEANS,
        row.describe(available) + " available (expected: at least " + row.describe(needed) + ")");
  }

  private static void merge(Map<LockedAccount, Change> changes, LockedAccount row, Change change) {
    changes.merge(row, change, Change::plus);
  }

  private static void apply(LockedAccount row, Change change) {
    row.addBalance(change.balance);
    row.addHeld(change.held);
  }

  private record Change(long balance, long held) {
    Change plus(Change other) {
      return new Change(Math.addExact(balance, other.balance), Math.addExact(held, other.held));
    }
  }
}

package io.tollgate.ledger.internal.posting;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.Posting;
import io.tollgate.ledger.RequestHash;
import io.tollgate.ledger.TransferRequest;
import io.tollgate.ledger.internal.PostingClock;
import io.tollgate.ledger.internal.accounts.LockedAccount;
import io.tollgate.ledger.internal.accounts.LockedAccounts;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Pays what a user owes out of their next credit: each transfer that credits their means in a
 * currency is followed by one that moves what is available there to what they owe in it. Tokens pay
 * no debt, and neither does what comes back to a grant that has expired.
 */
final class OwedPayments {
  static final String OPERATION = "ledger.owed_payment";

  private final LockedAccounts accounts;
  private final PostingClock clock;
  private final PostingPlan plan;

  OwedPayments(LockedAccounts accounts, PostingClock clock, PostingPlan plan) {
    this.accounts = accounts;
    this.clock = clock;
    this.plan = plan;
  }

  /** Decides the payments that follow a transfer just decided. */
  void after(TransferRequest request, Posting posting, List<PostingPlan.Move> moves) {
    Set<LockedAccount> credited = new LinkedHashSet<>();
    for (PostingPlan.Move move : moves) {
      if (move.units() > 0 && move.row().kind.isMeans()) {
        credited.add(move.row());
      }
    }
    for (LockedAccount row : credited) {
      if (!row.asset.equals(Asset.TOKEN) && !isExpired(row, posting.postedAt())) {
        accounts.owedBy(row).ifPresent(owed -> pay(request, posting, row, owed));
      }
    }
  }

  private void pay(
      TransferRequest request, Posting posting, LockedAccount from, LockedAccount owed) {
    long units = Math.min(Math.negateExact(owed.balance()), from.available());
    if (units <= 0) {
      return;
    }
    from.addBalance(Math.negateExact(units));
    owed.addBalance(units);
    String key = posting.transfer() + ":" + from.id;
    TransferRequest payment =
        new TransferRequest(
            "owed_payment",
            new TenantId(from.tenant),
            OPERATION,
            key,
            RequestHash.of(OPERATION, key),
            posting.transfer().toString(),
            request.effectiveAt(),
            List.of(leg(from, -units), leg(owed, units)),
            List.of());
    var unused =
        plan.add(
            TransferDraft.plain(payment),
            clock.next(),
            List.of(new PostingPlan.Move(from, -units), new PostingPlan.Move(owed, units)));
  }

  private static Leg leg(LockedAccount row, long units) {
    return new Leg(new AccountId(row.id), units);
  }

  private static boolean isExpired(LockedAccount row, Instant at) {
    Optional<Instant> end = row.expiresAt;
    return end.isPresent() && !end.get().isAfter(at);
  }
}

package io.tollgate.billing.internal.limits;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.AccountTerms;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.Posting;
import io.tollgate.ledger.RequestHash;
import io.tollgate.ledger.TransferRequest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Posts what windows are given and what is taken back from them, a transfer for each. */
final class AllotmentPostings {
  /** Namespace of the idempotency keys. */
  static final String OPERATION = "billing.limit";

  static final String KIND = "spend_limit";

  private static final Comparator<Sourced> ORDER =
      Comparator.<Sourced>comparingLong(one -> one.world.value())
          .thenComparingLong(one -> one.allotment.before().account().value());

  private final Ledger ledger;
  private final InstantSource clock;

  AllotmentPostings(Ledger ledger, InstantSource clock) {
    this.ledger = requireNonNull(ledger, "ledger is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Posts those that are not nothing; their allowances and the rows of their windows are locked.
   */
  void post(Transaction transaction, List<WindowAllotment> allotments) {
    Map<AccountKey, AccountId> worlds = new HashMap<>();
    List<Sourced> sourced = new ArrayList<>(allotments.size());
    for (WindowAllotment allotment : allotments) {
      if (allotment.units() != 0) {
        AccountId world =
            worlds.computeIfAbsent(
                allotment.key().world(), key -> ledger.open(transaction, key, AccountTerms.PLAIN));
        sourced.add(new Sourced(world, allotment));
      }
    }
    sourced.sort(ORDER);
    sourced.forEach(one -> post(transaction, one));
  }

  /** The number of the window's transfer makes the key, so that each is posted once. */
  private void post(Transaction transaction, Sourced one) {
    WindowBalance before = one.allotment.before();
    long units = one.allotment.units();
    String key = before.account() + ":" + before.transfers();
    Posting posting =
        ledger.post(
            transaction,
            new TransferRequest(
                KIND,
                one.allotment.key().tenant(),
                OPERATION,
                key,
                RequestHash.of(OPERATION, key, Long.toString(units)),
                "",
                clock.instant(),
                List.of(new Leg(one.world, -units), new Leg(before.account(), units)),
                List.of()));
    if (posting.repeated()) {
      throw new IllegalStateException(
          "transfer " + key + " of a window was posted before (expected: its row says so)");
    }
  }

  private record Sourced(AccountId world, WindowAllotment allotment) {}
}

package io.tollgate.ledger.internal.posting;

import io.tollgate.data.Transaction;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.Posting;
import io.tollgate.ledger.TransferRequest;
import io.tollgate.ledger.internal.PostingClock;
import io.tollgate.ledger.internal.accounts.AccountKinds;
import io.tollgate.ledger.internal.accounts.AccountLocks;
import io.tollgate.ledger.internal.accounts.AccountSignals;
import io.tollgate.ledger.internal.accounts.AccountUse;
import io.tollgate.ledger.internal.accounts.LockedAccounts;
import io.tollgate.ledger.internal.accounts.OpenHolds;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Posts transfers: locks their accounts, then their holds, looks for answers given before, decides,
 * and writes everything with one statement. What is refused leaves the transaction usable, because
 * it is decided before anything is written.
 */
final class TransferPoster {
  private final PostingClock clock;

  TransferPoster(PostingClock clock) {
    this.clock = clock;
  }

  /** Posts one transfer. */
  Posting post(Transaction transaction, TransferDraft draft) {
    return posting(post(transaction, List.of(draft)).getFirst());
  }

  /** The answer to a transfer that was posted before. */
  Optional<Posting> posted(Transaction transaction, StoredTransfers.Key key, byte[] requestHash) {
    return transaction
        .sql()
        .connectionResult(
            connection -> StoredTransfers.find(connection, List.of(key)).answer(key, requestHash))
        .map(TransferPoster::posting);
  }

  private static Posting posting(PostingOutcome outcome) {
    return switch (outcome) {
      case PostingOutcome.Posted posted -> posted.posting();
      case PostingOutcome.Refused refused -> throw refused.refusal();
    };
  }

  /**
   * Posts a batch in its order; each transfer is posted or refused by itself. A key may occur
   * several times: the first is posted, the others read its answer.
   *
   * <p>Where another transaction that shares no account with the batch takes one of its keys at the
   * same moment, later transfers of the batch may have counted on money that then did not come; the
   * floors' constraint fails the transaction in that case, and it has to be run again.
   *
   * @return one outcome per draft
   */
  List<PostingOutcome> post(Transaction transaction, List<TransferDraft> drafts) {
    return transaction
        .sql()
        .connectionResult(connection -> post(connection, drafts, transaction::changed));
  }

  private List<PostingOutcome> post(
      Connection connection, List<TransferDraft> drafts, Consumer<UserId> changed)
      throws SQLException {
    AccountUse wants = new AccountUse();
    Set<UUID> holdIds = new LinkedHashSet<>();
    Set<StoredTransfers.Key> keys = new LinkedHashSet<>();
    for (TransferDraft draft : drafts) {
      wants.transfer(draft.request().legs());
      holdIds.addAll(draft.request().releases());
      keys.add(StoredTransfers.Key.of(draft.request()));
    }
    int shard = clock.pickShard(AccountKinds.SHARDS);
    LockedAccounts accounts = new LockedAccounts();
    AccountLocks.lock(connection, wants, holdIds, shard, accounts);
    OpenHolds holds = OpenHolds.lock(connection, holdIds);
    AccountLocks.lockLateComers(connection, holds, shard, accounts);
    StoredTransfers stored = StoredTransfers.find(connection, keys);

    PostingPlan plan = new PostingPlan();
    PostingDecisions books = new PostingDecisions(accounts, holds, clock, shard, plan);
    Map<Integer, Posting> fresh = new HashMap<>();
    List<PostingOutcome> outcomes = new ArrayList<>(drafts.size());
    for (TransferDraft draft : drafts) {
      TransferRequest request = draft.request();
      PostingOutcome outcome = stored.answer(request).orElseGet(() -> books.post(draft));
      if (outcome instanceof PostingOutcome.Posted(Posting posting) && !posting.repeated()) {
        stored.add(request, posting.transfer(), posting.postedAt());
        fresh.put(outcomes.size(), posting);
      }
      outcomes.add(outcome);
    }
    if (!plan.isEmpty()) {
      Set<UUID> written = WritePostings.write(connection, plan);
      AccountSignals.changed(connection, accounts.all());
      AccountSignals.tellUsers(accounts.all(), changed);
      if (!written.containsAll(fresh.values().stream().map(Posting::transfer).toList())) {
        readWinners(connection, drafts, written, outcomes);
      }
    }
    return outcomes;
  }

  /** Another transaction posted some of our keys in the meantime: its answers are ours. */
  private static void readWinners(
      Connection connection,
      List<TransferDraft> drafts,
      Set<UUID> written,
      List<PostingOutcome> outcomes)
      throws SQLException {
    StoredTransfers winners =
        StoredTransfers.find(
            connection,
            new LinkedHashSet<>(
                drafts.stream().map(d -> StoredTransfers.Key.of(d.request())).toList()));
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i) instanceof PostingOutcome.Posted(Posting posting)
          && !written.contains(posting.transfer())) {
        TransferRequest request = drafts.get(i).request();
        outcomes.set(
            i,
            winners
                .answer(request)
                .orElseThrow(
                    () ->
                        new IllegalStateException(
                            "idempotency key "
                                + request.idempotencyKey()
                                + " is taken, and not there")));
      }
    }
  }
}

package io.tollgate.ledger.internal.posting;

import io.tollgate.ground.UserId;
import io.tollgate.ledger.ChargeBatch;
import io.tollgate.ledger.Posting;
import io.tollgate.ledger.TransferRequest;
import io.tollgate.ledger.internal.PostingClock;
import io.tollgate.ledger.internal.accounts.AccountKinds;
import io.tollgate.ledger.internal.accounts.AccountLocks;
import io.tollgate.ledger.internal.accounts.AccountSignals;
import io.tollgate.ledger.internal.accounts.LockedAccounts;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Posts batches of charges: locks their accounts, decides over them, writes one transfer. */
final class ChargePoster {
  private final PostingClock clock;

  ChargePoster(PostingClock clock) {
    this.clock = clock;
  }

  /**
   * Posts a batch once.
   *
   * @param accounts what is locked already; the rest is added
   * @param changed told whose numbers change
   */
  Posting post(
      Connection connection, LockedAccounts accounts, ChargeBatch batch, Consumer<UserId> changed)
      throws SQLException {
    TransferRequest transfer = transfer(batch);
    int shard = clock.pickShard(AccountKinds.SHARDS);
    AccountLocks.lock(connection, missing(batch, accounts), shard, accounts);
    Optional<Posting> before = stored(connection, transfer);
    if (before.isPresent()) {
      return before.get();
    }
    accounts.decide();
    ChargeColumns entries = ChargeColumns.decide(batch, accounts);
    PostingClock.Stamp stamp = clock.next();
    if (WriteCharges.write(connection, transfer, stamp, entries)) {
      AccountSignals.changed(connection, entries.rows());
      AccountSignals.tellUsers(entries.rows(), changed);
      accounts.written(entries.rows());
      return new Posting(stamp.id(), stamp.at(), false);
    }
    return stored(connection, transfer)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "idempotency key " + batch.idempotencyKey() + " is taken, and not there"));
  }

  private static Optional<Posting> stored(Connection connection, TransferRequest transfer)
      throws SQLException {
    List<StoredTransfers.Key> key = List.of(StoredTransfers.Key.of(transfer));
    Optional<PostingOutcome> answer = StoredTransfers.find(connection, key).answer(transfer);
    if (answer.isEmpty()) {
      return Optional.empty();
    }
    return switch (answer.get()) {
      case PostingOutcome.Posted posted -> Optional.of(posted.posting());
      case PostingOutcome.Refused refused -> throw refused.refusal();
    };
  }

  private static long[] missing(ChargeBatch batch, LockedAccounts known) {
    LongStream debited = batch.debits().stream().mapToLong(debit -> debit.account().value());
    LongStream others =
        Stream.of(batch.credits(), batch.releases())
            .flatMap(List::stream)
            .mapToLong(leg -> leg.account().value());
    return LongStream.concat(debited, others)
        .distinct()
        .filter(account -> !known.contains(account))
        .toArray();
  }

  private static TransferRequest transfer(ChargeBatch batch) {
    return new TransferRequest(
        batch.kind(),
        batch.tenant(),
        batch.operation(),
        batch.idempotencyKey(),
        batch.requestHash(),
        batch.reference(),
        batch.effectiveAt(),
        List.of(),
        List.of());
  }
}

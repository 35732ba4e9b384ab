package io.tollgate.ledger.internal.posting;

import io.tollgate.ground.TenantId;
import io.tollgate.ledger.Posting;
import io.tollgate.ledger.TransferRequest;
import io.tollgate.ledger.internal.PostingClock;
import io.tollgate.ledger.internal.Sha256;
import io.tollgate.ledger.internal.accounts.LockedAccount;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The postings that were decided and are still to be written, in order. */
final class PostingPlan {
  static final String FOLD = "ledger.fold";

  private final List<Transfer> transfers = new ArrayList<>();
  private final List<Entry> entries = new ArrayList<>();
  private final List<Closing> closings = new ArrayList<>();

  boolean isEmpty() {
    return transfers.isEmpty();
  }

  List<Transfer> transfers() {
    return transfers;
  }

  List<Entry> entries() {
    return entries;
  }

  List<Closing> closings() {
    return closings;
  }

  Posting add(TransferDraft draft, PostingClock.Stamp stamp, List<Move> moves) {
    transfers.add(new Transfer(draft, stamp, moves.size()));
    int seq = 0;
    for (Move move : moves) {
      entries.add(new Entry(stamp.id(), ++seq, move.row.id, move.row.shard, move.units));
    }
    for (UUID hold : draft.request().releases()) {
      closings.add(new Closing(hold, stamp.id(), stamp.at()));
    }
    return new Posting(stamp.id(), stamp.at(), false);
  }

  /** Moves what the other shards have received into shard 0. */
  void fold(long tenant, PostingClock.Stamp stamp, List<Move> moves) {
    TransferRequest request =
        new TransferRequest(
            "fold",
            new TenantId(tenant),
            FOLD,
            stamp.id().toString(),
            Sha256.sha256(stamp.id().toString().getBytes(StandardCharsets.UTF_8)),
            "",
            stamp.at(),
            List.of(),
            List.of());
    var unused = add(TransferDraft.plain(request), stamp, moves);
  }

  /** A transfer with its id and time, and how many entries it has. */
  record Transfer(TransferDraft draft, PostingClock.Stamp stamp, int entries) {}

  /** An entry; its number on the account and the balance after it are computed as it is written. */
  record Entry(UUID transfer, int seq, long account, int shard, long units) {}

  /** A hold that ends with a transfer. */
  record Closing(UUID hold, UUID transfer, Instant at) {}

  /** A change of one locked row. */
  record Move(LockedAccount row, long units) {}
}

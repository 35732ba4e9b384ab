package io.tollgate.ledger.internal.posting;

import io.tollgate.ground.Refusal;
import io.tollgate.ledger.Posting;

/** What became of one request of a batch. */
sealed interface PostingOutcome {
  /** It is posted, now or before. */
  record Posted(Posting posting) implements PostingOutcome {}

  /** It is not, and nothing of it was written. */
  record Refused(Refusal refusal) implements PostingOutcome {}
}

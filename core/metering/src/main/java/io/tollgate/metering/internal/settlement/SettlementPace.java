package io.tollgate.metering.internal.settlement;

import io.tollgate.data.CommitUnknownException;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import java.time.Duration;

/**
 * How much is tried at once, and how soon again: failures that pass are waited for, longer each
 * time; a batch whose content fails is halved down to the one charge that cannot be booked.
 */
final class SettlementPace {
  private static final Duration LEAST_PAUSE = Duration.ofMillis(100);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(5);
  private static final int MAX_TRIES = 3;

  private int max = SettlementBatch.MAX;
  private int tries;
  private Duration pause = LEAST_PAUSE;

  /** What is to be done after a failure. */
  enum Verdict {
    /** Try the same again after a pause. */
    WAIT,
    /** Try a smaller batch, at once. */
    HALVE,
    /** This one charge cannot be booked. */
    KEEP_ASIDE
  }

  /** Most charges of the next batch. */
  int max() {
    return max;
  }

  Verdict failed(SettlementBatch batch, RuntimeException e) {
    boolean passing =
        e instanceof CommitUnknownException
            || (e instanceof Refusal refusal && refusal.code() == ErrorCode.UNAVAILABLE);
    if (passing || batch.charges().isEmpty()) {
      return Verdict.WAIT;
    }
    if (batch.charges().size() > 1) {
      max = batch.charges().size() / 2;
      return Verdict.HALVE;
    }
    tries++;
    return tries < MAX_TRIES ? Verdict.WAIT : Verdict.KEEP_ASIDE;
  }

  void booked() {
    max = Math.min(SettlementBatch.MAX, max * 2);
    tries = 0;
    pause = LEAST_PAUSE;
  }

  /** The database answered. */
  void answered() {
    tries = 0;
    pause = LEAST_PAUSE;
  }

  /** How long to wait now. */
  Duration pause() {
    Duration now = pause;
    Duration twice = pause.multipliedBy(2);
    pause = twice.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : twice;
    return now;
  }
}

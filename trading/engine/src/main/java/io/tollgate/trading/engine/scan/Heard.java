package io.tollgate.trading.engine.scan;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.engine.execution.SignalDraft;
import java.util.List;

/** What becomes of what a strategy said. */
public sealed interface Heard {
  /**
   * It is a signal, or two.
   *
   * @param drafts at least one
   */
  record Signalled(List<SignalDraft> drafts) implements Heard {
    public Signalled {
      drafts = List.copyOf(drafts);
    }

    /** Whether one of them enters a position. */
    public boolean enters() {
      return drafts.stream().anyMatch(draft -> draft.intent().enters());
    }
  }

  /** It is none. */
  record Silent(Why why) implements Heard {
    public Silent {
      requireNonNull(why, "why is null");
    }
  }

  /** Why not. */
  enum Why {
    /** Too long after the bar's close for something to be entered. */
    LATE,
    /** Too soon after a signal. */
    COOLING,
    /** A limit order that waits for a price, which nobody places yet. */
    LIMIT_ORDER,
    /** Nothing is wanted, or it is not said on which side. */
    NOTHING
  }
}

package io.tollgate.trading.engine.execution;

import static java.util.Objects.requireNonNull;

/** What is to be done next about an order. */
public sealed interface OrderWork {
  /** Send it: nothing of it ever was. */
  record Place() implements OrderWork {}

  /** Find out whether what was sent arrived, and send it only when it surely did not. */
  record Resume(Sent sent) implements OrderWork {
    public Resume {
      requireNonNull(sent, "sent is null");
    }
  }

  /** Ask how it stands, and for its fills. */
  record Follow() implements OrderWork {}

  /** It has ended, and fills of it are missing in the books. */
  record Collect() implements OrderWork {}

  /** Nothing. */
  record Nothing() implements OrderWork {}
}

package io.tollgate.trading.node.internal.task;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.Refusal;
import java.util.Optional;

/** A task of a request: one that can be worked on, or what is wrong with it. */
public sealed interface GivenTask {
  /** Its fields are there, and mean something. */
  record Ready(OpenedTask task) implements GivenTask {
    public Ready {
      requireNonNull(task, "task is null");
    }
  }

  /**
   * It cannot be worked on; the others of its request can.
   *
   * @param account its number, where it can be told
   */
  record Bad(Optional<String> id, Optional<Long> account, Refusal why) implements GivenTask {
    public Bad {
      requireNonNull(id, "id is null");
      requireNonNull(account, "account is null");
      requireNonNull(why, "why is null");
    }
  }
}

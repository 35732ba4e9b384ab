package io.tollgate.trading.node.internal.journal;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.exchange.placing.Intent;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** What the journal has of a task; the later one of a task stands for it. */
public sealed interface TaskRecord {
  String taskId();

  TaskIdentity identity();

  /** When it was written, by the node's clock. */
  Instant at();

  /** Its order was about to be sent, and may have been. */
  record Sending(String taskId, TaskIdentity identity, Instant at, Intent intent)
      implements TaskRecord {
    public Sending {
      requireNonNull(taskId, "taskId is null");
      requireNonNull(identity, "identity is null");
      requireNonNull(at, "at is null");
      requireNonNull(intent, "intent is null");
    }
  }

  /**
   * It has ended.
   *
   * @param result as it is answered, whoever asks again
   */
  record Ended(String taskId, TaskIdentity identity, Instant at, JsonNode result)
      implements TaskRecord {
    public Ended {
      requireNonNull(taskId, "taskId is null");
      requireNonNull(identity, "identity is null");
      requireNonNull(at, "at is null");
      requireNonNull(result, "result is null");
    }
  }
}

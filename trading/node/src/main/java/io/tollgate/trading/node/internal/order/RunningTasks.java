package io.tollgate.trading.node.internal.order;

import io.tollgate.trading.node.internal.journal.TaskIdentity;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * Tasks that are being worked on: whoever comes with one of them waits for whoever came first, and
 * gets the same. Safe for use by many threads.
 */
final class RunningTasks {
  private final Map<String, Running> running = new ConcurrentHashMap<>();

  private record Running(TaskIdentity identity, CompletableFuture<JsonNode> result) {}

  /**
   * What the work came to, which one thread at a time does for a task.
   *
   * @return empty when a task of this id is being worked on that is another
   */
  Optional<JsonNode> once(String taskId, TaskIdentity identity, Supplier<JsonNode> work) {
    Running own = new Running(identity, new CompletableFuture<>());
    Running first = running.putIfAbsent(taskId, own);
    if (first != null) {
      return first.identity().equals(identity) ? Optional.of(join(first)) : Optional.empty();
    }
    try {
      JsonNode result = work.get();
      boolean unused = own.result().complete(result);
      return Optional.of(result);
    } catch (RuntimeException e) {
      boolean unused = own.result().completeExceptionally(e);
      throw e;
    } finally {
      boolean unused = running.remove(taskId, own);
    }
  }

  private static JsonNode join(Running first) {
    try {
      return first.result().join();
    } catch (CompletionException e) {
      throw new IllegalStateException("the task failed where it was worked on", e);
    }
  }
}

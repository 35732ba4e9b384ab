package io.tollgate.trading.node.internal.serving;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.trading.node.internal.task.GivenTask;
import io.tollgate.trading.node.internal.task.NodeRequest;
import io.tollgate.trading.node.internal.task.OpenedTask;
import io.tollgate.web.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the tasks of a request worked on. One that is bad, or goes wrong, leaves the others as they
 * are. Safe for use by many threads.
 */
final class GivenTasks {
  private static final Logger LOG = LoggerFactory.getLogger(GivenTasks.class);

  private final TaskThreads threads;

  GivenTasks(TaskThreads threads) {
    this.threads = requireNonNull(threads, "threads is null");
  }

  /** What a task came to, in the form of its call. */
  interface Failure {
    Object of(Optional<String> task, Optional<Long> account, Optional<Long> tenant, Refusal why);
  }

  /**
   * @param work what is answered for a task; refuses what is wrong with it
   * @param failure what is answered for a task that is refused
   */
  Response answer(NodeRequest request, Function<OpenedTask, Object> work, Failure failure)
      throws InterruptedException {
    List<Object> results = threads.each(request.tasks(), given -> result(given, work, failure));
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("success", true);
    body.put("results", results);
    return Response.json(200, body);
  }

  private static Object result(
      GivenTask given, Function<OpenedTask, Object> work, Failure failure) {
    return switch (given) {
      case GivenTask.Bad(Optional<String> id, Optional<Long> account, Refusal why) ->
          failure.of(id, account, Optional.empty(), why);
      case GivenTask.Ready(OpenedTask task) -> {
        try {
          yield work.apply(task);
        } catch (Refusal why) {
          yield failed(task, failure, why);
        } catch (RuntimeException e) {
          LOG.atError()
              .setCause(e)
              .addKeyValue("account", task.account().id())
              .log("a task failed");
          yield failed(
              task, failure, new Refusal(ErrorCode.INTERNAL, "an internal error occurred"));
        }
      }
    };
  }

  private static Object failed(OpenedTask task, Failure failure, Refusal why) {
    return failure.of(
        task.id(), Optional.of(task.account().id()), Optional.of(task.account().tenant()), why);
  }
}

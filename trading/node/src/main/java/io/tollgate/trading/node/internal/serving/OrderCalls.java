package io.tollgate.trading.node.internal.serving;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.Refusal;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.tollgate.trading.node.internal.order.HeldPositions;
import io.tollgate.trading.node.internal.order.OrderDesk;
import io.tollgate.trading.node.internal.order.TaskResult;
import io.tollgate.trading.node.internal.task.DerivedId;
import io.tollgate.trading.node.internal.task.NodeRequest;
import io.tollgate.trading.node.internal.task.OpenedTask;
import io.tollgate.trading.node.internal.task.OrderWish;
import io.tollgate.trading.node.internal.task.TradeKind;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Response;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Calls that place orders. */
final class OrderCalls {
  private static final String TRIGGER = "a reason such as SL";

  private final GivenTasks tasks;
  private final OrderDesk desk;
  private final HeldPositions positions;

  OrderCalls(GivenTasks tasks, OrderDesk desk, HeldPositions positions) {
    this.tasks = requireNonNull(tasks, "tasks is null");
    this.desk = requireNonNull(desk, "desk is null");
    this.positions = requireNonNull(positions, "positions is null");
  }

  /** {@code POST /api/execute}. */
  Response execute(byte[] body) throws InterruptedException {
    try (NodeRequest request = NodeRequest.read(body, false)) {
      JsonNode signal =
          request
              .fields()
              .find("signal")
              .orElseThrow(() -> JsonFields.missing("signal", "what is to be traded"));
      JsonFields says = JsonFields.of(signal);
      var unused = OrderWish.symbol(List.of(says));
      return tasks.answer(
          request,
          task -> {
            List<JsonFields> said = List.of(task.fields(), request.fields(), says);
            OrderWish wish = OrderWish.read(said, Optional.empty());
            String id = task.id().orElseGet(() -> DerivedId.ofSignal(signal, task));
            return desk.done(id, wish, task);
          },
          OrderCalls::bad);
    }
  }

  /** {@code POST /api/close-position}. */
  Response close(byte[] body) throws InterruptedException {
    try (NodeRequest request = NodeRequest.read(body, true)) {
      return tasks.answer(
          request,
          task -> {
            List<JsonFields> said = List.of(task.fields(), request.fields());
            OrderWish wish = OrderWish.read(said, Optional.of(TradeKind.CLOSE));
            return task.id().isPresent()
                ? desk.done(task.id().get(), wish, task)
                : closed(wish, task);
          },
          OrderCalls::bad);
    }
  }

  /** Without an id of its own, a close is that of the position as it stands, for its reason. */
  private Object closed(OrderWish wish, OpenedTask task) {
    String trigger = task.fields().text("trigger_type", TRIGGER).orElse("MANUAL");
    Optional<String> known = task.fields().text("position_id", "the id of a position");
    if (known.isPresent()) {
      return desk.done(DerivedId.ofClose(known.get(), trigger, task), wish, task);
    }
    Outcome<Optional<String>> position = positions.which(wish, task);
    if (!(position instanceof Accepted<Optional<String>>(Optional<String> held))) {
      return TaskResult.notTried(task.account().id(), position.errorCode(), position.toString());
    }
    return held.<Object>map(which -> desk.done(DerivedId.ofClose(which, trigger, task), wish, task))
        .orElseGet(
            () ->
                TaskResult.notTried(
                    task.account().id(), "NO_POSITION", "there is nothing of it to close"));
  }

  private static Object bad(
      Optional<String> task, Optional<Long> account, Optional<Long> tenant, Refusal why) {
    return TaskResult.bad(task, account, why);
  }
}

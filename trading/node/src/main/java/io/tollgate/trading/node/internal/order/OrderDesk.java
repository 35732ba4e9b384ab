package io.tollgate.trading.node.internal.order;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.exchange.ClientOrderId;
import io.tollgate.trading.exchange.Fill;
import io.tollgate.trading.exchange.OrderState;
import io.tollgate.trading.exchange.Orders;
import io.tollgate.trading.exchange.Rejection;
import io.tollgate.trading.exchange.TradingAccount;
import io.tollgate.trading.exchange.placing.Intent;
import io.tollgate.trading.exchange.placing.IntentLog;
import io.tollgate.trading.exchange.placing.OrderPlacement;
import io.tollgate.trading.exchange.placing.Pace;
import io.tollgate.trading.exchange.placing.PlacementResult;
import io.tollgate.trading.exchange.placing.PlacementResult.NotPlaced;
import io.tollgate.trading.exchange.placing.PlacementResult.Placed;
import io.tollgate.trading.exchange.placing.PlacementResult.Refused;
import io.tollgate.trading.exchange.placing.PlacementResult.Unconfirmed;
import io.tollgate.trading.exchange.placing.PlacementRules;
import io.tollgate.trading.node.internal.journal.JournalException;
import io.tollgate.trading.node.internal.journal.TaskIdentity;
import io.tollgate.trading.node.internal.journal.TaskJournal;
import io.tollgate.trading.node.internal.journal.TaskRecord;
import io.tollgate.trading.node.internal.journal.TaskRecord.Ended;
import io.tollgate.trading.node.internal.journal.TaskRecord.Sending;
import io.tollgate.trading.node.internal.order.OrderPlan.Impossible;
import io.tollgate.trading.node.internal.order.OrderPlan.Possible;
import io.tollgate.trading.node.internal.task.NodeAccount;
import io.tollgate.trading.node.internal.task.OpenedTask;
import io.tollgate.trading.node.internal.task.OrderWish;
import io.tollgate.web.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Does each task once. A task that is done is answered from the journal; one that was interrupted
 * is looked for at the exchange, and sent again only when it is proven absent and still young.
 * Blocking, for virtual threads; safe for use by many.
 */
public final class OrderDesk {
  /** Older ones are looked for, and never sent again: nobody waits for their price any more. */
  private static final Duration YOUNG = Duration.ofMinutes(2);

  private static final Duration KNOW_WITHIN = Duration.ofSeconds(60);
  private static final int SENDS = 3;

  private final Sites sites;
  private final OrderPlanner planner;
  private final TaskJournal journal;
  private final InstantSource clock;
  private final Pace pace;
  private final Consumer<NodeStep> steps;
  private final RunningTasks running = new RunningTasks();

  /**
   * @param steps told of each step that is reached
   */
  public OrderDesk(
      Sites sites,
      Prices prices,
      AccountTerms terms,
      TaskJournal journal,
      InstantSource clock,
      Pace pace,
      Consumer<NodeStep> steps) {
    this.sites = requireNonNull(sites, "sites is null");
    this.planner = new OrderPlanner(sites, prices, terms);
    this.journal = requireNonNull(journal, "journal is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.pace = requireNonNull(pace, "pace is null");
    this.steps = requireNonNull(steps, "steps is null");
  }

  /** The result of a task, whoever did it first. */
  public JsonNode done(String taskId, OrderWish wish, OpenedTask task) {
    NodeAccount account = task.account();
    TaskIdentity identity =
        new TaskIdentity(
            account.id(), account.exchange(), account.market(), wish.symbol(), wish.side());
    try {
      return running
          .once(taskId, identity, () -> doneOrKnown(taskId, identity, wish, task))
          .orElseGet(() -> another(taskId, account));
    } catch (JournalException e) {
      String said = String.valueOf(e.getMessage());
      // its order may have been sent once: whoever asks again goes on with it
      return json(
          journal.knows(taskId)
              ? TaskResult.unconfirmed(taskId, account.id(), ClientOrderId.ofTask(taskId), said)
              : TaskResult.failed(taskId, account.id(), "UNAVAILABLE", said));
    }
  }

  private JsonNode doneOrKnown(
      String taskId, TaskIdentity identity, OrderWish wish, OpenedTask task) {
    Optional<TaskRecord> known = journal.find(taskId);
    if (known.isPresent() && !known.get().identity().equals(identity)) {
      return another(taskId, task.account());
    }
    Work work = new Work(taskId, identity, task.account());
    return switch (known.orElse(null)) {
      case null -> begun(work, wish, task);
      case Sending(_, _, Instant at, Intent intent) -> resumed(work, at, intent, task);
      case Ended(_, _, _, JsonNode result) -> result;
    };
  }

  /** A task that one thread works on. */
  private static final class Work {
    private final String taskId;
    private final TaskIdentity identity;
    private final NodeAccount account;
    private Optional<Instant> firstSentAt = Optional.empty();

    Work(String taskId, TaskIdentity identity, NodeAccount account) {
      this.taskId = taskId;
      this.identity = identity;
      this.account = account;
    }
  }

  private JsonNode begun(Work work, OrderWish wish, OpenedTask task) {
    ClientOrderId id = ClientOrderId.ofTask(work.taskId);
    TradingAccount account = sites.open(task);
    return switch (planner.plan(wish, id, work.account, account)) {
      case Impossible(String code, String said) ->
          ended(work, TaskResult.failed(work.taskId, work.account.id(), code, said));
      case Possible(var order) -> {
        steps.accept(NodeStep.PLANNED);
        PlacementRules rules = new PlacementRules(wish.sendWithin(), KNOW_WITHIN, SENDS);
        IntentLog log = log(work);
        yield told(
            work,
            id,
            new OrderPlacement(account.orders(), log, rules, pace).place(order),
            account.orders());
      }
    };
  }

  private JsonNode resumed(Work work, Instant at, Intent intent, OpenedTask task) {
    work.firstSentAt = Optional.of(intent.firstSentAt());
    Orders orders = sites.open(task).orders();
    boolean young = clock.instant().isBefore(at.plus(YOUNG));
    PlacementRules rules =
        young
            ? new PlacementRules(PlacementRules.USUAL.sendWithin(), KNOW_WITHIN, SENDS)
            : new PlacementRules(PlacementRules.USUAL.sendWithin(), KNOW_WITHIN, 1);
    PlacementResult result = new OrderPlacement(orders, log(work), rules, pace).resume(intent);
    return told(work, intent.order().id(), result, orders);
  }

  private IntentLog log(Work work) {
    return intent -> {
      journal.write(new Sending(work.taskId, work.identity, clock.instant(), intent));
      work.firstSentAt = Optional.of(intent.firstSentAt());
      steps.accept(NodeStep.INTENT_WRITTEN);
    };
  }

  private JsonNode told(Work work, ClientOrderId id, PlacementResult result, Orders orders) {
    steps.accept(NodeStep.PLACED);
    String task = work.taskId;
    long account = work.account.id();
    return switch (result) {
      case Placed(OrderState order) -> {
        Instant since = work.firstSentAt.orElseGet(orders::exchangeTime);
        List<Fill> fills = OrderFills.of(orders, order, since, pace);
        TaskResult placed = TaskResult.placed(task, account, id, order, fills);
        // where it cannot be written, a repeated task finds the order at the exchange
        yield written(work, placed).orElseGet(() -> json(placed));
      }
      case Refused(Rejection code, String said) ->
          ended(work, TaskResult.rejected(task, account, id, code.name(), said));
      case NotPlaced(String code, String said) ->
          ended(work, TaskResult.failed(task, account, code, said));
      case Unconfirmed(_, String said) -> json(TaskResult.unconfirmed(task, account, id, said));
    };
  }

  /** What is not on disk may be done by whoever asks again, so it is not said to have ended. */
  private JsonNode ended(Work work, TaskResult result) {
    return written(work, result)
        .orElseGet(
            () ->
                json(
                    TaskResult.unconfirmed(
                        work.taskId,
                        work.account.id(),
                        ClientOrderId.ofTask(work.taskId),
                        "the journal cannot be written")));
  }

  private Optional<JsonNode> written(Work work, TaskResult result) {
    JsonNode json = json(result);
    try {
      journal.write(new Ended(work.taskId, work.identity, clock.instant(), json));
    } catch (JournalException e) {
      return Optional.empty();
    }
    steps.accept(NodeStep.RESULT_WRITTEN);
    return Optional.of(json);
  }

  private static JsonNode another(String taskId, NodeAccount account) {
    return json(
        TaskResult.failed(
            taskId,
            account.id(),
            "CONFLICT",
            "task_id: "
                + taskId
                + " is that of another order (expected: the same account, exchange, market, symbol"
                + " and side as the first time)"));
  }

  private static JsonNode json(TaskResult result) {
    return Json.MAPPER.valueToTree(result);
  }
}

package io.tollgate.trading.engine.execution.simulation;

import io.tollgate.trading.engine.execution.OrderWork;
import io.tollgate.trading.engine.execution.PricedFill;
import io.tollgate.trading.engine.execution.Sent;
import io.tollgate.trading.engine.execution.StaleClaim;
import io.tollgate.trading.engine.execution.TaskId;
import io.tollgate.trading.engine.execution.TradedOrder;
import io.tollgate.trading.exchange.Done;
import io.tollgate.trading.exchange.Fill;
import io.tollgate.trading.exchange.OrderRequest;
import io.tollgate.trading.exchange.OrderState;
import io.tollgate.trading.exchange.Orders.Trace;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.placing.Intent;
import io.tollgate.trading.exchange.placing.Placement;
import io.tollgate.trading.exchange.placing.PlacementResult;
import io.tollgate.trading.exchange.placing.PlacementRules;
import io.tollgate.trading.exchange.placing.PlacementStep;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One process's work on one order under one claim: places it, follows it, books its fills. */
final class Job {
  private static final Duration WINDOW = Duration.ofSeconds(5);
  private static final Duration KNOW_WITHIN = Duration.ofSeconds(40);

  private final World world;
  private final Worker worker;
  private final TradedOrder order;
  private final TaskId task;
  private final long epoch;
  private final Instant begun;
  private final OrderRequest request;
  private Optional<Placement> placement = Optional.empty();
  private Instant pausedUntil = Instant.MIN;
  private Optional<Intent> unwritten = Optional.empty();
  private boolean waits;
  private boolean asked;
  private final Queue<Runnable> next = new ArrayDeque<>();
  boolean done;

  Job(World world, Worker worker, TradedOrder claimed) {
    this.world = world;
    this.worker = worker;
    this.order = claimed;
    this.task = claimed.terms().task();
    this.epoch = claimed.life().claim().epoch();
    this.begun = world.now();
    this.request = claimed.terms().request(true);
    boolean looks = world.rules().contains(Rule.RESUMED);
    switch (claimed.life().work()) {
      case OrderWork.Place _ -> placement = Optional.of(Placement.of(rules()));
      case OrderWork.Resume(Sent sent) ->
          placement =
              Optional.of(
                  looks
                      ? Placement.resumed(
                          rules(), new Intent(request, sent.first(), sent.voidAfter()))
                      : Placement.of(rules()));
      case OrderWork.Follow _, OrderWork.Collect _, OrderWork.Nothing _ -> {}
    }
  }

  private PlacementRules rules() {
    Duration left =
        world.rules().contains(Rule.DEADLINE)
            ? Duration.between(begun, order.terms().sendBefore())
            : Duration.ofHours(1);
    Duration know = left.compareTo(KNOW_WITHIN) > 0 ? left : KNOW_WITHIN;
    return new PlacementRules(left, know, 3);
  }

  private long account() {
    return order.terms().position().account();
  }

  private Duration elapsed() {
    return Duration.between(begun, world.now());
  }

  /** Whether it waits for nothing but to be gone on with. */
  boolean ready() {
    return !done && !waits && !world.now().isBefore(pausedUntil);
  }

  /** One step. */
  void step() {
    Runnable queued = next.poll();
    if (queued != null) {
      queued.run();
    } else if (placement.isPresent()) {
      place(placement.get());
    } else {
      follow();
    }
  }

  private void place(Placement placing) {
    switch (placing.next(elapsed())) {
      case PlacementStep.Finish(PlacementResult result) -> {
        placement = Optional.empty();
        world.said(task, epoch, result);
        if (!worker.write(tables -> world.placed(tables, task, epoch, result), account())) {
          end();
        }
      }
      case PlacementStep.Pause(Duration length) -> pausedUntil = world.now().plus(length);
      case PlacementStep.AskTime _ ->
          call(
              () -> new Outcome.Accepted<>(Done.DONE),
              outcome -> placing.askedTime(outcome.map(_ -> Done.DONE), elapsed()));
      case PlacementStep.Look _ -> {
        Duration begin = elapsed();
        call(
            () -> world.venue().trace(request, world.now()),
            outcome -> placing.looked(outcome.map(Trace.class::cast), begin, elapsed()));
      }
      case PlacementStep.Send _ -> send(placing);
    }
  }

  private void send(Placement placing) {
    Instant now = world.now();
    Intent intent = placing.sending(request, now, now.plus(WINDOW), elapsed());
    if (world.rules().contains(Rule.INTENT_FIRST)) {
      if (!write(intent)) {
        end();
        return;
      }
    } else {
      unwritten = Optional.of(intent);
    }
    // between the books and the wire it may die, or sleep for long
    next.add(
        () -> {
          int choice = world.choice();
          call(
              () ->
                  world.accepted(
                      order,
                      world
                          .venue()
                          .place(
                              account(),
                              request,
                              intent.voidAfter(),
                              world.now(),
                              world.price(request.symbol()),
                              choice)),
              outcome -> {
                placing.answered(outcome.map(OrderState.class::cast), elapsed());
                unwritten.ifPresent(late -> next.add(() -> writeOrEnd(late)));
                unwritten = Optional.empty();
              });
        });
  }

  private void writeOrEnd(Intent intent) {
    if (!write(intent)) {
      end();
    }
  }

  private boolean write(Intent intent) {
    Sent sent = new Sent(intent.firstSentAt(), intent.voidAfter());
    try {
      return worker.write(tables -> world.sending(tables, task, epoch, sent), account());
    } catch (StaleClaim e) {
      end();
      return false;
    }
  }

  private void follow() {
    TradedOrder known = world.order(task);
    boolean settled =
        world.rules().contains(Rule.COLLECTED)
            ? known.life().settled()
            : known.life().status().ended();
    if (settled || asked || known.life().exchangeOrderId().isEmpty()) {
      boolean _ = worker.write(tables -> world.rulebook().released(tables, task, epoch), account());
      end();
      return;
    }
    asked = true;
    String id = known.life().exchangeOrderId().get();
    call(
        () -> world.venue().find(request.id(), world.now()),
        outcome -> {
          if (outcome instanceof Outcome.Accepted<?>(Object state)) {
            next.add(() -> seen((OrderState) state));
          }
        });
    next.add(
        () ->
            call(
                () -> new Outcome.Accepted<>(world.venue().fills(account(), id)),
                outcome -> {
                  if (outcome instanceof Outcome.Accepted<?>(Object fills)) {
                    ((List<?>) fills).forEach(fill -> next.add(() -> book((Fill) fill)));
                  }
                }));
  }

  private void seen(OrderState state) {
    if (!worker.write(tables -> world.seen(tables, task, state), account())) {
      end();
    }
  }

  private void book(Fill fill) {
    PricedFill priced = PricedFill.of(fill, BigDecimal.ZERO);
    if (!worker.write(tables -> world.rulebook().filled(tables, task, priced), account())) {
      end();
    }
  }

  private <T> void call(Supplier<Outcome<T>> atExchange, Consumer<Outcome<?>> then) {
    waits = true;
    world.send(
        new Call(
            atExchange::get,
            outcome ->
                () -> {
                  waits = false;
                  if (worker.alive() && !done) {
                    then.accept(outcome);
                  }
                }));
  }

  private void end() {
    done = true;
    next.clear();
  }
}

package io.tollgate.trading.engine.execution.simulation;

import io.tollgate.trading.engine.episode.Episode.Direction;
import io.tollgate.trading.exchange.Symbol;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** Makes events happen. */
final class Play {
  private static final int MOST_SIGNALS = 8;

  private final World world;

  Play(World world) {
    this.world = world;
  }

  void step(Event event) {
    int a = event.a();
    int b = event.b();
    world.choose(b);
    Worker worker = world.workers.get(a % world.workers.size());
    int which = a / world.workers.size();
    switch (event.kind()) {
      case SIGNAL -> signal(a, b);
      case DISPATCH -> dispatch(worker, which, false);
      case AGAIN -> dispatch(worker, which, true);
      case CLAIM -> {
        if (worker.alive()) {
          worker.claim(which);
        }
      }
      case STEP -> {
        boolean _ = worker.alive() && worker.step(which);
      }
      case DELIVER -> deliver(a);
      case ANSWER -> answer(a);
      case TICK -> world.tick(Duration.ofMillis(1L + (long) b * b % 9000));
      case SLEEP -> world.tick(Duration.ofSeconds(50));
      case SHORT_CLAIMS -> world.claimFor(Duration.ofSeconds(3));
      case PRICE -> world.move(symbol(a), BigDecimal.valueOf(b % 41 - 20L));
      case WATCH -> {
        if (worker.alive()) {
          worker.watch();
        }
      }
      case TELL -> {
        if (worker.alive()) {
          worker.tell();
        }
      }
      case MARKET -> world.venue().market(a, b, world.price(symbol(b)), world.now());
      case LOSE -> {
        if (!world.calls.isEmpty()) {
          world.calls.remove(a % world.calls.size()).timeOut();
        }
      }
      case TIME_OUT -> {
        if (!world.calls.isEmpty()) {
          world.calls.get(a % world.calls.size()).timeOut();
        }
      }
      case ECHO -> echo(a);
      case BLUR_COMMIT -> world.blurNextCommit(b % 2 == 0);
      case KILL -> worker.kill();
      case START -> worker.start();
    }
  }

  private void signal(int a, int b) {
    if (world.signals.size() < MOST_SIGNALS) {
      Symbol symbol = symbol(a);
      world.signals.add(
          new Signal(
              String.format("SIG%03d", world.signals.size()),
              symbol,
              b % 2 == 0 ? Direction.LONG : Direction.SHORT,
              world.price(symbol),
              world.now()));
    }
  }

  private void dispatch(Worker worker, int which, boolean again) {
    List<Signal> due =
        world.signals.stream()
            .filter(signal -> again || !world.committed().dispatched.contains(signal.id()))
            .toList();
    if (worker.alive() && !due.isEmpty()) {
      worker.dispatch(due.get(which % due.size()));
    }
  }

  private void deliver(int a) {
    List<Call> due = world.calls.stream().filter(call -> !call.delivered()).toList();
    if (!due.isEmpty()) {
      due.get(a % due.size()).deliver();
    }
  }

  private void answer(int a) {
    List<Call> due = world.calls.stream().filter(Call::delivered).toList();
    if (!due.isEmpty()) {
      Call call = due.get(a % due.size());
      world.calls.remove(call);
      call.answered();
    }
  }

  private void echo(int a) {
    if (!world.said.isEmpty()) {
      World.Said said = world.said.get(a % world.said.size());
      boolean _ =
          world.write(
              tables -> world.placed(tables, said.task(), said.epoch(), said.result()),
              world.order(said.task()).terms().position().account());
    }
  }

  private static Symbol symbol(int a) {
    return World.SYMBOLS.get(a % World.SYMBOLS.size());
  }
}

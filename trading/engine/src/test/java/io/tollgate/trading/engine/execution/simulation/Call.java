package io.tollgate.trading.engine.execution.simulation;

import io.tollgate.trading.exchange.Outcome;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A request on its way to the exchange and back. Where nobody waits any more it may arrive all the
 * same.
 */
final class Call {
  private final Supplier<Outcome<?>> atExchange;
  private final Function<Outcome<?>, Runnable> waiting;
  private Optional<Outcome<?>> answer = Optional.empty();
  private boolean awaited = true;

  /**
   * @param atExchange what it does there
   * @param waiting what goes on with its answer
   */
  Call(Supplier<Outcome<?>> atExchange, Function<Outcome<?>, Runnable> waiting) {
    this.atExchange = atExchange;
    this.waiting = waiting;
  }

  boolean delivered() {
    return answer.isPresent();
  }

  boolean awaited() {
    return awaited;
  }

  /** Arrives at the exchange, once: what is sent over a connection is not sent twice by it. */
  void deliver() {
    answer = Optional.of(atExchange.get());
  }

  /** Its answer arrives. */
  void answered() {
    if (awaited) {
      awaited = false;
      waiting.apply(answer.orElseThrow()).run();
    }
  }

  /** Nobody waits any longer. */
  void timeOut() {
    if (awaited) {
      awaited = false;
      waiting.apply(new Outcome.Unknown<>("no answer")).run();
    }
  }

  /** Whoever waited is dead. */
  void forget() {
    awaited = false;
  }
}

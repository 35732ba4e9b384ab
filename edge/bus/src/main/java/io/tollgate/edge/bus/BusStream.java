package io.tollgate.edge.bus;

import java.util.List;

/** The streams that there are on the bus. */
enum BusStream {
  BILLING_EVENTS("billing.>", "user.>"),
  LOG_EVENTS("log.>"),
  LLM_EVENTS("llm.>"),
  TRADING_EVENTS("trading.>"),
  /** What was taken from the bus and could not be used, with why. */
  DEAD_LETTERS("dead.>");

  private final List<String> subjects;

  BusStream(String... subjects) {
    this.subjects = List.of(subjects);
  }

  List<String> subjects() {
    return subjects;
  }
}

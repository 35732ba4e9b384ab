package io.tollgate.trading.engine.execution.simulation;

import java.util.EnumSet;
import java.util.Set;

/** What keeps orders true. Each is left out once, in the world around the code that decides. */
enum Rule {
  /** A task's id follows from what asks for it. */
  TASK_ONCE,
  /** A signal counts as dispatched when all its orders are reserved, not before. */
  RESERVED_FIRST,
  /** Rules are checked over what is true when the order is reserved. */
  RISK_LOCKED,
  /** What is ordered counts as held. */
  ORDERED_COUNTS,
  /** That an order is being sent is in the books before it is. */
  INTENT_FIRST,
  /** What may have been sent is looked for, and not simply sent. */
  RESUMED,
  /** Who does not work on an order any more does not send it. */
  EPOCH_CHECKED,
  /** An exchange takes no order that is late. */
  VOID_AFTER,
  /** That an order is nowhere counts only from who works on it. */
  END_BY_HOLDER,
  /** Somebody goes on with what a dead process was doing. */
  TAKEN_OVER,
  /** What the exchange showed before changes nothing. */
  NEVER_BACK,
  /** An order is followed until all its fills are in the books. */
  COLLECTED,
  /** A trade is booked once. */
  FILL_ONCE,
  /** One close of a position at a time. */
  CLOSE_ALONE,
  /** A signal that is too old is not traded. */
  DEADLINE,
  /** That a position was closed is kept until it is told. */
  TOLD;

  static Set<Rule> all() {
    return EnumSet.allOf(Rule.class);
  }

  static Set<Rule> without(Rule rule) {
    Set<Rule> rest = all();
    rest.remove(rule);
    return rest;
  }
}

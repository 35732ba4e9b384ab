package io.tollgate.metering.internal.lease;

import java.util.EnumSet;
import java.util.Set;

/**
 * The rules that keep leases safe. Production keeps all of them; the simulator leaves them out one
 * by one to show that each is needed and that it would notice.
 */
public enum LeaseRule {
  /** The bank grants only what is available. */
  CONDITIONAL_GRANT,
  /** The bank ignores an operation whose number is behind the row's. */
  NUMBERED,
  /** An operation sets the granted amount, it does not add to it. */
  ABSOLUTE,
  /** A number used twice with another content closes the holder. */
  FORK_CLOSES,
  /** An operation bears a random token, so that two copies never look alike. */
  RANDOM_TOKEN,
  /** Time alone returns nothing: a silent holder keeps what it was granted. */
  TIME_RETURNS_NOTHING,
  /** Settlement never refuses: lease, then available, then owed. */
  SETTLEMENT_IS_TOTAL,
  /** The bank recalls from others when somebody is short. */
  RECALL_OTHERS,
  /** A holder has one operation in flight per account. */
  ONE_IN_FLIGHT,
  /** Giving back shrinks memory before the operation is sent. */
  SHRINK_FIRST,
  /** An operation without answer is sent again, unchanged. */
  SEND_AGAIN,
  /** The holder compares with the bank's rows and adopts what it did not know of. */
  COMPARE,
  /** A comparison that was under way during an operation is thrown away. */
  COMPARE_QUIET,
  /** A recalled holder gives back what is free. */
  HONOUR_RECALL,
  /** What is not used for a while goes back. */
  IDLE_RETURN,
  /** A reservation that fails undoes the legs it had. */
  UNDO_LEGS,
  /** Before refusing, and before the next leg, the bank is asked. */
  ASK_FIRST,
  /** What is granted to a waiting request is reserved for it at once. */
  WAITER_FIRST,
  /** A waiting request is answered by its deadline. */
  DEADLINE;

  /** All rules: the only set for production. */
  public static Set<LeaseRule> all() {
    return EnumSet.allOf(LeaseRule.class);
  }
}

package io.tollgate.billing.internal.charges;

import java.util.List;

/** What a lane does with the calls that it takes together. */
interface LaneWork {
  /**
   * Deals with calls; those that have an answer already are left alone.
   *
   * @return those to be tried again after {@link ShortCalls#PAUSE}
   */
  List<WaitingCall> run(List<WaitingCall> calls);
}

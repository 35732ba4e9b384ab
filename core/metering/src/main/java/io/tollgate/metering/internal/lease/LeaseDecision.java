package io.tollgate.metering.internal.lease;

import java.util.List;

/**
 * What the bank does about an operation.
 *
 * @param answer for the sender
 * @param recalled holders to be asked to give back what is free of the same account
 */
public record LeaseDecision(LeaseAnswer answer, List<HolderId> recalled) {
  public LeaseDecision {
    recalled = List.copyOf(recalled);
  }
}

package io.tollgate.metering.internal.settlement;

import java.util.Locale;

/** What the database thinks of a meter log and of the leases of the same id. */
public enum LogState {
  /** Its process runs, as far as anybody knows. */
  OPEN,
  /** Its process has ended, its leases are shut; what the log holds is being settled. */
  RECOVERING,
  /** Settled to its end; it holds nothing any more. */
  ENDED,
  /** Two processes wrote as one: nothing of it is settled by position any more. */
  FORKED,
  /** Given up by the operator: its leases were freed, what comes late may end as debt. */
  LOST;

  /** Whether the log's leases stand, and what settles takes from them. */
  public boolean keepsLeases() {
    return this == FORKED || givesLeases();
  }

  /** Whether what settles makes a lease that is not there: its holder counts it. */
  public boolean givesLeases() {
    return this == OPEN || this == RECOVERING;
  }

  /** As stored and as lists show it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}

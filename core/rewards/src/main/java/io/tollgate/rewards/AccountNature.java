package io.tollgate.rewards;

/** What kind of exchange account something is told of. */
public enum AccountNature {
  /** At an exchange, with money. */
  REAL,
  /** At an exchange's test site, or at the simulator. Counts, but not in production. */
  SANDBOX,
  /** Simulated by ourselves. Counts for nothing: no charge, no holding, no points needed. */
  PAPER
}

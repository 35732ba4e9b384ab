package io.tollgate.edge.sync;

import io.tollgate.billing.UserStanding;
import java.math.BigDecimal;
import java.time.Instant;

/** The snapshot of a user's quota and balance, as it is sent. */
record BalanceSnapshot(
    String userId,
    long quotaLimit,
    long quotaUsed,
    long quotaRemaining,
    BigDecimal balance,
    boolean allowed,
    Instant syncTime,
    int ttl,
    long version) {
  /** Seconds for which a client may show it without asking again. */
  private static final int TTL_SECONDS = 30;

  static BalanceSnapshot of(String externalId, UserStanding standing, Instant now) {
    return new BalanceSnapshot(
        externalId,
        standing.quotaLimit(),
        standing.quotaUsed(),
        standing.quotaRemaining(),
        standing.balance().toDecimal(),
        standing.allowed(),
        now,
        TTL_SECONDS,
        standing.version());
  }
}

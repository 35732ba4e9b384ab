package io.tollgate.edge.sync;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.UserStanding;
import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/**
 * A user's numbers as clients are shown them.
 *
 * @param version of the last change that they have
 */
record UserNumbers(
    long quotaLimit, long quotaUsed, long quotaRemaining, BigDecimal balance, long version) {
  UserNumbers {
    requireNonNull(balance, "balance is null");
  }

  static UserNumbers of(UserStanding standing) {
    return new UserNumbers(
        standing.quotaLimit(),
        standing.quotaUsed(),
        standing.quotaRemaining(),
        standing.balance().toDecimal(),
        standing.version());
  }

  /** The same after an event, if that is a later one and tells of them. */
  UserNumbers after(SyncEvent event) {
    if (event.version() <= version) {
      return this;
    }
    JsonNode fields = event.fields();
    return switch (event.type()) {
      case "balance.changed" ->
          new UserNumbers(
              quotaLimit,
              quotaUsed,
              quotaRemaining,
              fields.path("balance").decimalValue(balance),
              event.version());
      // the quota of a service is not the one that is shown
      case "quota.updated" ->
          fields.has("service_name")
              ? this
              : new UserNumbers(
                  fields.path("quota_limit").longValue(quotaLimit),
                  fields.path("quota_used").longValue(quotaUsed),
                  fields.path("quota_remaining").longValue(quotaRemaining),
                  balance,
                  event.version());
      default -> this;
    };
  }
}

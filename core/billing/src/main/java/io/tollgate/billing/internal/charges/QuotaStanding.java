package io.tollgate.billing.internal.charges;

import io.tollgate.billing.internal.grants.QuotaUse;

/** How a user's free quota of a service stands. */
record QuotaStanding(String service, QuotaUse use) {
  /** What {@code quota.updated} tells. */
  EventFields fields() {
    return EventFields.of()
        .with("service_name", service)
        .with("quota_limit", use.limit())
        .with("quota_used", use.used())
        .with("quota_remaining", use.left())
        .with("percent_used", use.percentUsed());
  }
}

package io.tollgate.billing;

import io.tollgate.ground.TenantId;
import java.util.Optional;

/** What a backend asks about, or charges for: calls of a service by a user of its tenant. */
public sealed interface ServiceCall permits QuotaCheck, ServiceDeduct {
  /** Calls, or tokens, of one check or deduct. */
  long COUNT_MAX = 1_000_000_000_000L;

  /** Characters of a request id. */
  int REQUEST_ID_MAX = 128;

  TenantId tenant();

  /** The user's external id; a user never seen before is made with the tenant's defaults. */
  String user();

  String service();

  /** From 1 to {@link #COUNT_MAX}. */
  long count();

  /** The caller's own key of idempotency, unique in the tenant. */
  Optional<String> requestId();
}

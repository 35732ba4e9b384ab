package io.tollgate.billing.internal.charges;

import io.tollgate.ground.TenantId;
import java.util.Optional;

/** What makes a call unique. */
record CallKey(TenantId tenant, String requestId) {
  static Optional<CallKey> of(ReadyCall ready) {
    return ready.waiting().call.requestId().map(id -> new CallKey(ready.tenant().id(), id));
  }
}

package io.tollgate.billing.internal.charges;

import io.tollgate.billing.ServiceTerms;
import io.tollgate.billing.Services;
import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.Tenant;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The services of the tenants of a batch, as they are at its time. */
final class ServicesOfBatch {
  private final Map<TenantId, List<ServiceTerms>> terms = new HashMap<>();

  static ServicesOfBatch read(
      Transaction transaction, Services services, List<ReadyCall> calls, Instant at) {
    ServicesOfBatch read = new ServicesOfBatch();
    for (ReadyCall each : calls) {
      read.terms.computeIfAbsent(
          each.tenant().id(), _ -> services.all(transaction, each.tenant(), at));
    }
    return read;
  }

  Optional<ServiceTerms> find(Tenant tenant, String name) {
    return of(tenant).stream().filter(each -> each.name().equals(name)).findFirst();
  }

  String names(Tenant tenant) {
    return of(tenant).stream().map(ServiceTerms::name).collect(Collectors.joining(", "));
  }

  private List<ServiceTerms> of(Tenant tenant) {
    return terms.getOrDefault(tenant.id(), List.of());
  }
}

package io.tollgate.billing;

import io.tollgate.data.Transaction;
import io.tollgate.ground.AdminId;
import io.tollgate.identity.Tenant;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The services that tenants' backends charge for through us: those of the configuration, and what
 * administrators have set for a tenant since. Runs in the caller's transaction.
 */
public interface Services {
  /** The service that is the AI gateway. */
  String RELAY = "relay";

  /** What a tenant has at one time, by name. */
  List<ServiceTerms> all(Transaction transaction, Tenant tenant, Instant at);

  /** The same of one service; empty when there is no such service. */
  Optional<ServiceTerms> find(Transaction transaction, Tenant tenant, String name, Instant at);

  /**
   * Sets what a service costs from a moment on; a service that was not there begins with it. What
   * was set before is never changed.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when a part of it is not valid;
   *     {@code CONFLICT} when the service has a version of that moment
   */
  ServiceVersion add(Transaction transaction, Tenant tenant, ServiceDraft draft, AdminId admin);

  /** What was set of a tenant's services, the newest moment first, at most so many. */
  List<ServiceVersion> history(Transaction transaction, Tenant tenant, String name, int max);
}

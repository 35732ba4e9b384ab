package io.tollgate.identity;

import io.tollgate.ground.AdminId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;

/** Who a bearer token stands for. */
public sealed interface Principal {
  /** A platform administrator. */
  record OfAdmin(AdminId admin, String username, String nickname, AdminRole role)
      implements Principal {}

  /** A user, by API key or session: reaches their own data only. */
  record OfUser(TenantId tenant, UserId user, String externalId) implements Principal {}

  /** A tenant's backend, by service token: reaches its tenant's users. */
  record OfService(TenantId tenant) implements Principal {}
}

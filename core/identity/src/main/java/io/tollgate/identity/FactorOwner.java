package io.tollgate.identity;

import io.tollgate.ground.AdminId;
import io.tollgate.ground.UserId;

/** Whose second factor it is. */
public sealed interface FactorOwner {
  /** An administrator's. */
  record OfAdmin(AdminId admin) implements FactorOwner {}

  /** A user's. */
  record OfUser(UserId user) implements FactorOwner {}
}

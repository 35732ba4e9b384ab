package io.tollgate.identity.internal.factors;

import io.tollgate.identity.FactorOwner;

/** An owner as the tables name it. */
record OwnerKey(String kind, long id) {
  static OwnerKey of(FactorOwner owner) {
    return switch (owner) {
      case FactorOwner.OfAdmin(var admin) -> new OwnerKey("admin", admin.value());
      case FactorOwner.OfUser(var user) -> new OwnerKey("user", user.value());
    };
  }

  /** As what is sealed or hashed for it is bound to it. */
  @Override
  public String toString() {
    return kind + " " + id;
  }
}

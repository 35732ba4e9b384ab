package io.tollgate.billing.internal.charges;

import io.tollgate.ledger.UserOfTenant;
import java.util.Set;

/** Windows of spend limits are to be opened, or given what their limits say, before it goes on. */
final class WindowsUnsettledException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Set<UserOfTenant> users;

  WindowsUnsettledException(Set<UserOfTenant> users) {
    super("windows of spend limits are not settled", null, false, false);
    this.users = Set.copyOf(users);
  }

  /** Whose limits they are. */
  Set<UserOfTenant> users() {
    return users;
  }
}

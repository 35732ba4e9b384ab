package io.tollgate.identity;

import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;

/**
 * Who may sign in as the user that is the tenant itself. Such a user is made with an address that
 * never exists, and so nobody can.
 */
public interface RootUsers {
  /**
   * Gives it another address, under which a password is set by mail. Whoever signed in before does
   * no more: password, sessions, keys, second factor and other ways in are gone. The address that
   * it has already changes nothing.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when there is no such tenant; {@code
   *     INVALID_REQUEST} when it is no address; {@code CONFLICT} when another user of the tenant
   *     has it
   */
  User setAddress(Transaction transaction, TenantId tenant, String email);
}

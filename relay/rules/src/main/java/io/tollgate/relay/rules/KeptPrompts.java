package io.tollgate.relay.rules;

import io.tollgate.data.Transaction;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.util.Optional;

/**
 * Requests and answers that are kept, for administrators. Blocking; safe for use by many threads.
 */
public interface KeptPrompts {
  /** One whose time is not over. */
  Optional<KeptPrompt> find(Transaction transaction, ChargeId id);

  /**
   * Deletes those of a tenant, or of one of its users.
   *
   * @return how many there were
   */
  int purge(Transaction transaction, TenantId tenant, Optional<UserId> user);
}

package io.tollgate.metering;

import io.tollgate.data.Transaction;
import io.tollgate.ledger.UserOfTenant;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Knows under which spend limits users' requests run. Safe for use by many threads. */
@FunctionalInterface
public interface SpendLimits {
  /** Nobody is limited. */
  SpendLimits NONE = (transaction, users) -> Map.of();

  /** Most limits that may apply to one request: more do not fit into its record. */
  int MAX_OF_A_REQUEST = 9;

  /**
   * The limits of these users: their own, those of all their keys, and their tenants'. Opens the
   * window of the time given where nobody has yet, and moves what a limit that was changed gives
   * more or less; cheap when nothing is to be done. That limits were changed is told on {@link
   * Entitlements#CHANNEL}.
   *
   * @param users each with the time of the request, in the order in which accounts are to be locked
   * @return by user; those without limits may be left out
   */
  Map<UserOfTenant, List<SpendLimit>> under(
      Transaction transaction, SequencedMap<UserOfTenant, Instant> users);
}

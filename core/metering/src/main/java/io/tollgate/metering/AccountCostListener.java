package io.tollgate.metering;

import java.util.List;

/** Hears what provider accounts have cost after each booking of this process is committed. */
@FunctionalInterface
public interface AccountCostListener {
  AccountCostListener NOBODY = changed -> {};

  /**
   * These are new; not in the order of their versions where several bookings end at once. Must
   * neither block nor fail.
   */
  void changed(List<AccountCost> costs);
}

package io.tollgate.metering.internal.simulation.passage;

import io.tollgate.ground.AccountId;
import io.tollgate.metering.internal.settlement.TakeOver.OpenIntent;
import java.util.Map;
import java.util.UUID;

/** An intent without result in the model database, with what is held for it. */
record InDoubt(UUID log, OpenIntent open, Map<AccountId, Long> held) {
  InDoubt {
    held = Map.copyOf(held);
  }
}

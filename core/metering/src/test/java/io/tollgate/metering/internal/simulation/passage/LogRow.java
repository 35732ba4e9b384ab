package io.tollgate.metering.internal.simulation.passage;

import io.tollgate.metering.internal.meterlog.LogIdentity;
import io.tollgate.metering.internal.meterlog.LogPosition;
import io.tollgate.metering.internal.settlement.LogStanding;
import io.tollgate.metering.internal.settlement.LogState;

/** A meter log in the model database. */
record LogRow(LogIdentity identity, LogState state, LogPosition position, int segment) {
  LogStanding standing() {
    return new LogStanding(identity.log(), state, position, segment);
  }

  LogRow in(LogState now) {
    return new LogRow(identity, now, position, segment);
  }

  LogRow at(LogPosition now, int needed) {
    return new LogRow(identity, state, now, needed);
  }
}

package io.tollgate.metering.internal;

import io.tollgate.metering.internal.crash.CrashPoint;
import io.tollgate.metering.internal.crash.CrashPoints;
import io.tollgate.metering.internal.settlement.SettlementAnswer;
import io.tollgate.metering.internal.settlement.SettlementBatch;
import io.tollgate.metering.internal.settlement.SettlementBook;

/** Books at which tests make a process die, before or after a batch is booked. */
record CrashingBook(SettlementBook book, CrashPoints crashPoints) implements SettlementBook {
  @Override
  public SettlementAnswer settle(SettlementBatch batch) {
    crashPoints.reach(CrashPoint.SETTLEMENT_BEGUN);
    SettlementAnswer answer = book.settle(batch);
    crashPoints.reach(CrashPoint.SETTLEMENT_COMMITTED);
    return answer;
  }

  @Override
  public SettlementAnswer keepException(SettlementBatch one, String why) {
    return book.keepException(one, why);
  }
}

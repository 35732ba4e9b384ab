package io.tollgate.metering.internal;

import io.tollgate.metering.internal.crash.CrashPoint;
import io.tollgate.metering.internal.crash.CrashPoints;
import io.tollgate.metering.internal.settlement.SettlementAnswer;
import io.tollgate.metering.internal.settlement.SettlementBatch;
import io.tollgate.metering.internal.settlement.SettlementBook;

/** The books, with the points before and after a batch at which tests make a process die. */
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

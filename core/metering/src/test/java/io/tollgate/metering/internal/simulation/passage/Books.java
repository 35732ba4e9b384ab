package io.tollgate.metering.internal.simulation.passage;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.lease.LeaseStanding;
import io.tollgate.metering.internal.meterlog.LogPosition;
import io.tollgate.metering.internal.settlement.LogState;
import io.tollgate.metering.internal.settlement.SettledCharge;
import io.tollgate.metering.internal.settlement.SettlementAnswer;
import io.tollgate.metering.internal.settlement.SettlementBatch;
import io.tollgate.metering.internal.simulation.Violation;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Settlement as one transaction of the model database each. */
final class Books {
  private final Set<PassageRule> rules;
  private final Witness witness;

  /** Charges that cannot be booked, for whatever reason. */
  final Set<ChargeId> unbookable = new HashSet<>();

  Books(Set<PassageRule> rules, Witness witness) {
    this.rules = rules;
    this.witness = witness;
  }

  SettlementAnswer settle(Database database, SettlementBatch batch) {
    LogRow row = database.logs.get(batch.log());
    if (row == null) {
      return new SettlementAnswer.Unknown();
    }
    if (!fits(row, batch.from(), batch.takenOver())) {
      return new SettlementAnswer.Elsewhere(row.standing());
    }
    for (SettledCharge charge : batch.charges()) {
      requireBookable(database, batch.log(), charge);
    }
    move(database, row, batch);
    for (SettledCharge charge : batch.charges()) {
      book(database, row, charge, false);
    }
    return new SettlementAnswer.Settled();
  }

  private boolean fits(LogRow row, LogPosition from, boolean takenOver) {
    if (!settles(row.state(), takenOver)) {
      return false;
    }
    boolean lower = row.position().sequence() < from.sequence();
    return !rules.contains(PassageRule.POSITION_COMPARED)
        || isSame(row.position(), from)
        || (lower && !rules.contains(PassageRule.REPLAY));
  }

  /** Whether two places are one. */
  boolean isSame(LogPosition one, LogPosition other) {
    return one.sequence() == other.sequence()
        && (one.chain() == other.chain() || !rules.contains(PassageRule.CHAIN_COMPARED));
  }

  /** Whether a log is settled in that state, by who has taken it over or by who has not. */
  boolean settles(LogState state, boolean takenOver) {
    return switch (state) {
      case RECOVERING -> true;
      case OPEN, LOST -> !takenOver || !rules.contains(PassageRule.TAKE_OVER_FIRST);
      case ENDED, FORKED -> false;
    };
  }

  private void requireBookable(Database database, UUID log, SettledCharge charge) {
    boolean leased =
        charge.result().uncovered() == 0
            && charge.result().taken().stream()
                .allMatch(
                    leg -> {
                      LeaseStanding row = database.leases(new HolderId(log)).get(leg.account());
                      return row != null && row.outstanding() >= leg.units();
                    });
    if (unbookable.contains(charge.intent().charge())
        || (!leased && !rules.contains(PassageRule.TOTAL))) {
      // without halving, nobody looks for the one charge
      throw rules.contains(PassageRule.HALVED)
          ? new IllegalArgumentException("this charge cannot be booked")
          : new Refusal(ErrorCode.UNAVAILABLE, "this batch cannot be booked");
    }
  }

  private static void move(Database database, LogRow row, SettlementBatch batch) {
    database.logs.put(batch.log(), row.at(batch.to(), batch.segment()));
  }

  SettlementAnswer keepException(Database database, SettlementBatch one) {
    LogRow row = database.logs.get(one.log());
    if (row == null) {
      return new SettlementAnswer.Unknown();
    }
    if (!fits(row, one.from(), one.takenOver())) {
      return new SettlementAnswer.Elsewhere(row.standing());
    }
    move(database, row, one);
    if (rules.contains(PassageRule.EXCEPTION_KEPT)) {
      one.charges().forEach(charge -> Booking.keep(database, row, charge));
    }
    return new SettlementAnswer.Settled();
  }

  /**
   * Books a result, unless its charge is in the books; one in doubt is so no longer, and what was
   * decided on it is given back.
   */
  void book(Database database, LogRow row, SettledCharge charge, boolean imported) {
    ChargeId id = charge.intent().charge();
    Booked before = database.booked.get(id);
    if (before != null && !before.decided()) {
      boolean forked = row.state() == LogState.FORKED || witness.isDoubled(row.identity().log());
      if (!forked || (imported && !rules.contains(PassageRule.IMPORT_ONCE))) {
        throw new Violation("charge " + id + " came to the books twice");
      }
      return;
    }
    if (before != null && !rules.contains(PassageRule.DECISION_SUPERSEDED)) {
      return;
    }
    witness.requireServed(id, charge.result().usage(), charge.result().price());
    if (before != null) {
      Booking.giveBack(database, before);
      database.booked.remove(id);
    }
    InDoubt doubt = database.inDoubt.get(id);
    if (doubt != null && rules.contains(PassageRule.RESULT_SUPERSEDES)) {
      Booking.release(database, doubt);
      database.inDoubt.remove(id);
    }
    Booking.result(
        database, row, charge.intent(), charge.result(), rules.contains(PassageRule.PUT_RIGHT));
  }

  /** Decides on an intent in doubt: by what progress shows, and never less. */
  void decide(Database database, ChargeId charge, TokenUsage usage) {
    InDoubt doubt = database.inDoubt.remove(charge);
    if (doubt == null) {
      return;
    }
    if (database.booked.containsKey(charge)) {
      throw new Violation("charge " + charge + " is in the books, and in doubt");
    }
    Booking.release(database, doubt);
    Booking.decided(database, doubt, usage);
  }

  /** Frees what a log's leases hold, and answers how much per account. */
  Map<AccountId, Long> free(Database database, UUID log) {
    Map<AccountId, Long> freed = new LinkedHashMap<>();
    Map<AccountId, LeaseStanding> rows = database.leases.remove(new HolderId(log));
    if (rows != null) {
      rows.forEach(
          (account, row) -> {
            freed.put(account, row.outstanding());
            database.account(account).hold(-row.outstanding());
          });
    }
    return freed;
  }
}

package io.tollgate.metering.internal.simulation.passage;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.ChargeId;
import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.lease.LeaseStanding;
import io.tollgate.metering.internal.meterlog.LogIdentity;
import io.tollgate.metering.internal.meterlog.LogPosition;
import io.tollgate.metering.internal.meterlog.LogRecord.Leg;
import io.tollgate.metering.internal.settlement.LogState;
import io.tollgate.metering.internal.settlement.TakeOver;
import io.tollgate.metering.internal.settlement.TakeOver.OpenIntent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The register of meter logs as transactions of the model database. */
final class Register {
  private final Set<PassageRule> rules;
  private final Books books;
  private final Witness witness;

  Register(Set<PassageRule> rules, Books books, Witness witness) {
    this.rules = rules;
    this.books = books;
    this.witness = witness;
  }

  void enter(Database database, LogIdentity identity, LogPosition start) {
    database.logs.putIfAbsent(identity.log(), new LogRow(identity, LogState.OPEN, start, 1));
  }

  boolean takeOver(Database database, TakeOver plan) {
    LogRow row = database.logs.get(plan.log());
    if (row == null || !books.isSame(row.position(), plan.position())) {
      return false;
    }
    switch (row.state()) {
      case OPEN, LOST -> {
        shrink(database, plan);
        database.logs.put(plan.log(), row.in(LogState.RECOVERING));
      }
      // from a copy of its files, which may have had less
      case RECOVERING -> {}
      case ENDED, FORKED -> {
        return false;
      }
    }
    for (OpenIntent open : plan.open()) {
      witness.requireInDoubt(plan.log(), open);
      doubt(database, plan.log(), open);
    }
    if (rules.contains(PassageRule.LOSS_NOTED) && row.state() != LogState.RECOVERING) {
      plan.loss().ifPresent(loss -> database.losses.put(plan.log(), loss));
    }
    plan.rest().forEach(found -> witness.kept(plan.log(), found.record()));
    return true;
  }

  private void shrink(Database database, TakeOver plan) {
    Map<AccountId, Long> needed = new LinkedHashMap<>();
    if (rules.contains(PassageRule.UNSETTLED_KEPT)) {
      plan.unsettled().forEach(leg -> needed.merge(leg.account(), leg.units(), Math::addExact));
    }
    for (LeaseStanding lease : Map.copyOf(database.leases(new HolderId(plan.log()))).values()) {
      long kept = Math.min(lease.outstanding(), needed.getOrDefault(lease.account(), 0L));
      database.account(lease.account()).hold(kept - lease.outstanding());
      database
          .leases(lease.holder())
          .put(
              lease.account(),
              new LeaseStanding(
                  lease.holder(),
                  lease.account(),
                  lease.number(),
                  lease.token(),
                  lease.settled() + kept,
                  lease.settled(),
                  true));
    }
  }

  private void doubt(Database database, UUID log, OpenIntent open) {
    ChargeId charge = open.intent().charge();
    if (database.booked.containsKey(charge) || database.inDoubt.containsKey(charge)) {
      return;
    }
    Map<AccountId, Long> held = new LinkedHashMap<>();
    for (Leg leg : open.legs()) {
      long units = Math.min(leg.units(), Math.max(0, database.account(leg.account()).available));
      if (units > 0 && rules.contains(PassageRule.IN_DOUBT_HOLD)) {
        database.account(leg.account()).hold(units);
        held.merge(leg.account(), units, Math::addExact);
      }
    }
    database.inDoubt.put(charge, new InDoubt(log, open, held));
  }

  /** Of a log that is settled no further: means are held as far as there are any. */
  void imported(Database database, UUID log, OpenIntent open) {
    doubt(database, log, open);
  }

  boolean end(Database database, UUID log, LogPosition end, boolean takenOver) {
    LogRow row = database.logs.get(log);
    boolean there =
        row != null && books.isSame(row.position(), end) && books.settles(row.state(), takenOver);
    if (row == null || (!there && rules.contains(PassageRule.END_AT_END))) {
      return false;
    }
    if (rules.contains(PassageRule.LEASES_FREED)) {
      var _ = books.free(database, log);
    }
    database.logs.put(log, row.in(LogState.ENDED));
    return true;
  }

  void fork(Database database, UUID log) {
    database.logs.computeIfPresent(log, (_, row) -> row.in(LogState.FORKED));
  }

  /** The operator gives up an incarnation: what its leases hold is free, and may be spent twice. */
  void lost(Database database, UUID incarnation) {
    for (LogRow row : Map.copyOf(database.logs).values()) {
      if (!row.identity().incarnation().equals(incarnation)
          || row.state() == LogState.ENDED
          || row.state() == LogState.LOST) {
        continue;
      }
      books
          .free(database, row.identity().log())
          .forEach((account, units) -> database.atRisk.merge(account, units, Math::addExact));
      if (row.state() == LogState.OPEN) {
        database.logs.put(row.identity().log(), row.in(LogState.LOST));
      }
    }
  }
}

package io.tollgate.metering.internal.database.books;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.Leg;
import io.tollgate.metering.internal.database.tables.LeaseTable;
import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.lease.LeaseStanding;
import io.tollgate.metering.internal.meterlog.RecordBytes;
import io.tollgate.metering.internal.settlement.LogState;
import io.tollgate.metering.internal.settlement.SettledCharge;
import io.tollgate.metering.internal.settlement.SettlementAnswer;
import io.tollgate.metering.internal.settlement.SettlementBatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps charges that cannot be booked, as they stand in the log, until the operator has dealt with
 * them. What the lease has for them goes into a hold of the charge's id, so that it stays held when
 * the log has ended.
 */
final class SettlementExceptions {
  private static final Logger LOG = LoggerFactory.getLogger(SettlementExceptions.class);
  private static final String PURPOSE = "settlement_exception";
  private static final int MAX_WHY = 2_000;

  private static final String KEEP =
      """
      INSERT INTO metering.settlement_exception
        (log, sequence, charge_id, tenant_id, user_id, records, why, noted_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?::timestamptz)
      ON CONFLICT (log, sequence) DO NOTHING
      """;

  private final Transactions transactions;
  private final Ledger ledger;

  SettlementExceptions(Transactions transactions, Ledger ledger) {
    this.transactions = transactions;
    this.ledger = ledger;
  }

  SettlementAnswer keep(SettlementBatch batch, String why, Instant now) {
    SettlementAnswer answer;
    try {
      answer = transactions.write(transaction -> keep(transaction, batch, why, now, true));
    } catch (RuntimeException e) {
      if (e instanceof Refusal refusal && refusal.code() == ErrorCode.UNAVAILABLE) {
        throw e;
      }
      // its accounts may be what is wrong with it
      LOG.warn("log {}: the means of an exception cannot be held apart", batch.log(), e);
      answer = transactions.write(transaction -> keep(transaction, batch, why, now, false));
    }
    if (answer instanceof SettlementAnswer.Settled) {
      for (SettledCharge charge : batch.charges()) {
        LOG.atError()
            .addKeyValue("request_id", charge.intent().charge())
            .addKeyValue("log", batch.log())
            .addKeyValue("sequence", charge.sequence())
            .log("a charge cannot be booked and is kept as an exception: {}", why);
      }
    }
    return answer;
  }

  private SettlementAnswer keep(
      Transaction transaction, SettlementBatch batch, String why, Instant now, boolean hold) {
    Optional<LogState> state = LogMove.move(transaction, batch, 0, batch.charges().size(), now);
    if (state.isEmpty()) {
      return LogMove.elsewhere(transaction, batch);
    }
    for (SettledCharge charge : batch.charges()) {
      var intent = charge.intent();
      byte[] records = RecordBytes.of(batch.log(), List.of(intent, charge.result()));
      int _ =
          transaction
              .sql()
              .execute(
                  KEEP,
                  batch.log(),
                  charge.sequence(),
                  intent.charge().value(),
                  intent.tenant().value(),
                  intent.user().value(),
                  records,
                  why.substring(0, Math.min(why.length(), MAX_WHY)).replace("\0", ""),
                  now.toString());
      if (hold) {
        hold(transaction, new HolderId(batch.log()), state.get(), charge);
      }
    }
    return new SettlementAnswer.Settled();
  }

  /** Moves what the lease has left for the charge's legs from the lease to a hold. */
  private void hold(
      Transaction transaction, HolderId holder, LogState state, SettledCharge charge) {
    Map<AccountId, Long> wanted = new LinkedHashMap<>();
    charge
        .result()
        .taken()
        .forEach(leg -> wanted.merge(leg.account(), leg.units(), Math::addExact));
    wanted.values().removeIf(units -> units <= 0);
    if (wanted.isEmpty() || !state.keepsLeases()) {
      return;
    }
    wanted.keySet().retainAll(ledger.lock(transaction, wanted.keySet()).keySet());
    List<LeaseStanding> leases =
        transaction.sql().connectionResult(c -> LeaseTable.of(c, holder, wanted.keySet()));
    Moved moved = moved(holder, wanted, leases, state.givesLeases());
    if (!moved.held().isEmpty()) {
      ledger.moveHeld(
          transaction,
          moved.held().stream().map(leg -> new Leg(leg.account(), -leg.units())).toList());
      ledger.hold(
          transaction,
          charge.intent().tenant(),
          charge.intent().charge().value(),
          PURPOSE,
          moved.held());
    }
    transaction.sql().connection(connection -> LeaseTable.settle(connection, holder, moved.rows()));
  }

  /**
   * What goes from leases to a hold.
   *
   * @param held of each account
   * @param rows the leases afterwards
   */
  private record Moved(List<Leg> held, List<LeaseStanding> rows) {}

  /**
   * Decides. A lease counts each leg in full, as its holder does: a database that was put back may
   * have less for it, or no row, and what a holder has used and the bank never settles would stay
   * held by it.
   *
   * @param fresh whether a row that is not there is made
   */
  private static Moved moved(
      HolderId holder, Map<AccountId, Long> wanted, List<LeaseStanding> leases, boolean fresh) {
    Map<AccountId, LeaseStanding> rows = new LinkedHashMap<>();
    if (fresh) {
      wanted.keySet().forEach(id -> rows.put(id, LeaseStanding.none(holder, id)));
    }
    leases.forEach(lease -> rows.put(lease.account(), lease));
    List<Leg> held = new ArrayList<>();
    rows.replaceAll(
        (account, before) -> {
          long units = wanted.getOrDefault(account, 0L);
          long covered = Math.min(before.outstanding(), units);
          if (covered > 0) {
            held.add(new Leg(account, covered));
          }
          return before.settledBy(units);
        });
    return new Moved(held, List.copyOf(rows.values()));
  }
}

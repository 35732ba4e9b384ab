package io.tollgate.metering.internal.database.register;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.AdminId;
import io.tollgate.ledger.Ledger;
import io.tollgate.metering.internal.database.tables.AtRiskTable;
import io.tollgate.metering.internal.database.tables.LeaseTable;
import io.tollgate.metering.internal.database.tables.LogRow;
import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.lease.LeaseStanding;
import io.tollgate.metering.internal.settlement.LogState;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Record;

/** For the operator: who holds leases, and giving up those of a process that is gone for good. */
public final class DatabaseLeases {
  /**
   * Looks at the ledger's accounts for their assets: a list for the eye, not a decision. Ended logs
   * are not shown, nor those given up that have been settled after all.
   */
  private static final String HELD =
      """
      SELECT m.id, m.incarnation, m.shard, m.state, m.opened_at, m.settled_at, m.position, m.segment,
             greatest(m.opened_at, m.settled_at, m.heard_at) AS heard, a.asset, count(l.account_id) AS accounts,
             coalesce(sum(l.granted - l.settled), 0)::bigint AS units
        FROM metering.meter_log m
        LEFT JOIN metering.lease l ON l.holder = m.id
        LEFT JOIN ledger.account a ON a.id = l.account_id AND a.shard = 0
       WHERE m.state <> 'ended'
       GROUP BY m.id, a.asset
       ORDER BY m.opened_at, m.id, a.asset
       LIMIT 10000
      """;

  private static final String LOGS =
      """
      SELECT id FROM metering.meter_log
       WHERE incarnation = ? AND state IN ('open', 'recovering', 'forked')
       ORDER BY id
      """;

  private static final String DECLARED =
      """
      INSERT INTO metering.declared_lost (id, admin_id, reason, declared_at)
      VALUES (?, ?, ?, ?::timestamptz)
      ON CONFLICT (id) DO NOTHING
      """;

  private final Transactions transactions;
  private final Ledger ledger;
  private final InstantSource clock;

  public DatabaseLeases(Transactions transactions, Ledger ledger, InstantSource clock) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * A log and what its leases hold.
   *
   * @param heardAt when its process showed last that it runs
   * @param settledAt when something of it was booked last
   * @param position number of the last record that is in the books
   * @param accounts leases it has
   * @param units held, by the code of the asset, smallest units
   */
  public record HeldLog(
      UUID log,
      UUID incarnation,
      int shard,
      LogState state,
      Instant openedAt,
      Instant heardAt,
      Optional<Instant> settledAt,
      long position,
      int segment,
      long accounts,
      Map<String, Long> units) {
    public HeldLog {
      units = Map.copyOf(units);
    }
  }

  /** What was given up of an account: it may be spent twice. */
  public record GivenUp(UUID log, AccountId account, long units) {}

  /** Logs that have not ended, the oldest first. */
  public List<HeldLog> list() {
    Map<UUID, HeldLog> logs = new LinkedHashMap<>();
    transactions
        .read(transaction -> transaction.sql().fetch(HELD))
        .forEach(row -> logs.merge(row.get("id", UUID.class), held(row), DatabaseLeases::join));
    return List.copyOf(logs.values());
  }

  /**
   * Gives up all logs of an incarnation: what their leases hold is free, and may be spent twice if
   * the process has let it through. What its logs bring later is booked, as debt where need be.
   *
   * @return what is at risk; empty when there is nothing, or it was given up before
   */
  public List<GivenUp> lost(UUID incarnation) {
    return transactions.write(transaction -> lost(transaction, incarnation));
  }

  /** The same, and keeps who declared it and why. */
  public List<GivenUp> lost(UUID incarnation, AdminId admin, String reason) {
    return transactions.write(
        transaction -> {
          int _ =
              transaction
                  .sql()
                  .execute(
                      DECLARED, incarnation, admin.value(), reason, clock.instant().toString());
          return lost(transaction, incarnation);
        });
  }

  private List<GivenUp> lost(Transaction transaction, UUID incarnation) {
    Instant now = clock.instant();
    List<LogRow> logs = new ArrayList<>();
    for (UUID id : transaction.sql().fetch(LOGS, incarnation).getValues("id", UUID.class)) {
      LogRow.lock(transaction, id)
          .filter(row -> row.state() != LogState.ENDED && row.state() != LogState.LOST)
          .ifPresent(logs::add);
    }
    List<HolderId> holders = logs.stream().map(row -> new HolderId(row.log())).toList();
    List<LeaseStanding> leases = transaction.sql().connectionResult(c -> LeaseTable.of(c, holders));
    var _ = ledger.lock(transaction, leases.stream().map(LeaseStanding::account).toList());
    var freed = DatabaseRegister.freed(leases);
    if (!freed.isEmpty()) {
      ledger.moveHeld(transaction, freed);
    }
    List<GivenUp> givenUp = new ArrayList<>();
    for (LogRow row : logs) {
      Map<AccountId, Long> atRisk = new LinkedHashMap<>();
      for (LeaseStanding lease : leases) {
        if (lease.holder().value().equals(row.log()) && lease.outstanding() > 0) {
          atRisk.put(lease.account(), lease.outstanding());
          givenUp.add(new GivenUp(row.log(), lease.account(), lease.outstanding()));
        }
      }
      AtRiskTable.note(transaction, row.log(), AtRiskTable.Cause.GIVEN_UP, atRisk, now);
      HolderId holder = new HolderId(row.log());
      transaction.sql().connection(connection -> LeaseTable.delete(connection, holder));
      if (row.state() == LogState.OPEN) {
        // one that was taken over or is forked stays that
        LogRow.setState(transaction, row.log(), LogState.LOST, now);
      }
    }
    return givenUp;
  }

  private static HeldLog held(Record row) {
    String asset = row.get("asset", String.class);
    return new HeldLog(
        row.get("id", UUID.class),
        row.get("incarnation", UUID.class),
        row.get("shard", int.class),
        LogState.valueOf(row.get("state", String.class).toUpperCase(Locale.ROOT)),
        row.get("opened_at", Instant.class),
        row.get("heard", Instant.class),
        Optional.ofNullable(row.get("settled_at", Instant.class)),
        row.get("position", long.class),
        row.get("segment", int.class),
        row.get("accounts", long.class),
        asset == null ? Map.of() : Map.of(asset, row.get("units", long.class)));
  }

  private static HeldLog join(HeldLog one, HeldLog other) {
    Map<String, Long> units = new LinkedHashMap<>(one.units);
    units.putAll(other.units);
    return new HeldLog(
        one.log,
        one.incarnation,
        one.shard,
        one.state,
        one.openedAt,
        one.heardAt,
        one.settledAt,
        one.position,
        one.segment,
        one.accounts + other.accounts,
        units);
  }
}

package io.tollgate.metering.internal.database.register;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.AccountId;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.Leg;
import io.tollgate.metering.QuoteBook;
import io.tollgate.metering.internal.database.tables.AtRiskTable;
import io.tollgate.metering.internal.database.tables.LeaseTable;
import io.tollgate.metering.internal.database.tables.LogRow;
import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.lease.LeaseStanding;
import io.tollgate.metering.internal.meterlog.LogIdentity;
import io.tollgate.metering.internal.meterlog.LogPosition;
import io.tollgate.metering.internal.settlement.LogRegister;
import io.tollgate.metering.internal.settlement.LogStanding;
import io.tollgate.metering.internal.settlement.LogState;
import io.tollgate.metering.internal.settlement.TakeOver;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The register of meter logs in PostgreSQL. Safe for use by many threads. */
public final class DatabaseRegister implements LogRegister {
  private static final String ENTER =
      """
      INSERT INTO metering.meter_log (id, incarnation, shard, boot, position, chain, opened_at)
      VALUES (?, ?, ?, ?, ?, ?, ?::timestamptz)
      ON CONFLICT (id) DO NOTHING
      """;

  private static final String INCARNATION =
      """
      INSERT INTO metering.incarnation (id, data_directory, started_at) VALUES (?, ?, ?::timestamptz)
      ON CONFLICT (id) DO NOTHING
      """;

  private static final String HEARD =
      "UPDATE metering.meter_log SET heard_at = ?::timestamptz WHERE id = ?";

  private static final String FORK =
      """
      UPDATE metering.meter_log SET state = 'forked' WHERE id = ? AND state <> 'forked'
      """;

  private static final String LOSS =
      """
      INSERT INTO metering.loss (log, incarnation, begins_at, ends_at, why, noted_at)
      VALUES (?, ?, ?::timestamptz, ?::timestamptz, ?, ?::timestamptz)
      ON CONFLICT (log) DO NOTHING
      """;

  private final Transactions transactions;
  private final Ledger ledger;
  private final OpenIntents intents;
  private final InstantSource clock;
  private final UUID dataDirectory;

  /**
   * @param quotes tells the currency of open intents
   * @param dataDirectory where the logs are; incarnations that the database does not know are noted
   *     as of it
   */
  public DatabaseRegister(
      Transactions transactions,
      Ledger ledger,
      QuoteBook quotes,
      InstantSource clock,
      UUID dataDirectory) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.intents = new OpenIntents(ledger, quotes);
    this.clock = clock;
    this.dataDirectory = dataDirectory;
  }

  @Override
  public UUID ledger() {
    return transactions.read(
        transaction ->
            transaction
                .sql()
                .fetchSingle("SELECT id FROM metering.ledger_identity")
                .get(0, UUID.class));
  }

  @Override
  public void enter(LogIdentity identity, LogPosition start) {
    String now = clock.instant().toString();
    int _ =
        transactions.write(
            transaction -> {
              int _ =
                  transaction
                      .sql()
                      .execute(INCARNATION, identity.incarnation(), dataDirectory, now);
              return transaction
                  .sql()
                  .execute(
                      ENTER,
                      identity.log(),
                      identity.incarnation(),
                      identity.shard(),
                      identity.boot(),
                      start.sequence(),
                      start.chain(),
                      now);
            });
  }

  @Override
  public Optional<LogStanding> find(UUID log) {
    return transactions.read(tx -> LogRow.find(tx, log)).map(LogRow::standing);
  }

  @Override
  public Optional<LogStanding> heard(UUID log) {
    int _ =
        transactions.write(
            transaction -> transaction.sql().execute(HEARD, clock.instant().toString(), log));
    return find(log);
  }

  @Override
  public boolean takeOver(TakeOver plan) {
    return transactions.write(transaction -> takeOver(transaction, plan));
  }

  private boolean takeOver(Transaction transaction, TakeOver asked) {
    Optional<LogRow> row =
        LogRow.lock(transaction, asked.log())
            .filter(found -> found.standing().position().equals(asked.position()));
    if (row.isEmpty()) {
      return false;
    }
    return switch (row.get().state()) {
      case OPEN -> takeOver(transaction, row.get(), asked);
      case LOST -> takeOver(transaction, row.get(), withoutKnown(transaction, asked));
      case RECOVERING -> {
        // from a copy of its files, which may have had less
        TakeOver rest = withoutKnown(transaction, asked);
        yield rest.open().isEmpty() || takeOver(transaction, row.get(), rest);
      }
      case ENDED, FORKED -> false;
    };
  }

  private static TakeOver withoutKnown(Transaction transaction, TakeOver plan) {
    return new TakeOver(
        plan.log(),
        plan.position(),
        OpenIntents.withoutKnown(transaction, plan.open()),
        plan.unsettled(),
        plan.loss(),
        plan.rest());
  }

  private boolean takeOver(Transaction transaction, LogRow row, TakeOver plan) {
    Instant now = clock.instant();
    HolderId holder = new HolderId(plan.log());
    List<LeaseStanding> leases = leases(transaction, holder);
    Map<AccountId, Account> accounts = ledger.lock(transaction, accounts(leases, plan));
    // settlement and lease operations wait for the log's row, so the leases are still these
    ShutLeases shut = ShutLeases.decide(leases, accounts, plan);
    if (!shut.heldChanges().isEmpty()) {
      ledger.moveHeld(transaction, shut.heldChanges());
    }
    UUID incarnation = row.incarnation();
    transaction.sql().connection(connection -> LeaseTable.write(connection, shut.rows()));
    intents.doubt(transaction, incarnation, plan.open(), shut.holds(), now);
    HoleRecords.keep(transaction, plan, now);
    plan.loss().ifPresent(loss -> note(transaction, plan.log(), incarnation, loss, shut, now));
    LogRow.setState(transaction, plan.log(), LogState.RECOVERING, now);
    return true;
  }

  private static void note(
      Transaction transaction,
      UUID log,
      UUID incarnation,
      TakeOver.Loss loss,
      ShutLeases shut,
      Instant now) {
    int _ =
        transaction
            .sql()
            .execute(
                LOSS,
                log,
                incarnation,
                loss.from().toString(),
                loss.to().toString(),
                loss.why(),
                now.toString());
    AtRiskTable.note(transaction, log, AtRiskTable.Cause.LOSS, shut.bound(), now);
  }

  @Override
  public boolean end(UUID log, LogPosition end, boolean takenOver) {
    return transactions.write(
        transaction -> {
          Optional<LogRow> row =
              LogRow.lock(transaction, log)
                  .filter(found -> found.standing().position().equals(end))
                  .filter(found -> mayEnd(found.state(), takenOver));
          if (row.isEmpty()) {
            return false;
          }
          free(transaction, log);
          AtRiskTable.resolve(transaction, log, clock.instant());
          LogRow.setState(transaction, log, LogState.ENDED, clock.instant());
          return true;
        });
  }

  private static boolean mayEnd(LogState state, boolean takenOver) {
    return switch (state) {
      case RECOVERING -> true;
      case OPEN, LOST -> !takenOver;
      case ENDED, FORKED -> false;
    };
  }

  private void free(Transaction transaction, UUID log) {
    HolderId holder = new HolderId(log);
    List<LeaseStanding> leases = leases(transaction, holder);
    var _ = ledger.lock(transaction, leases.stream().map(LeaseStanding::account).toList());
    List<Leg> freed = freed(leases);
    if (!freed.isEmpty()) {
      ledger.moveHeld(transaction, freed);
    }
    transaction.sql().connection(connection -> LeaseTable.delete(connection, holder));
  }

  /** Everything that the leases hold, taken from what is held. */
  static List<Leg> freed(List<LeaseStanding> leases) {
    List<Leg> freed = new ArrayList<>();
    for (LeaseStanding lease : leases) {
      if (lease.outstanding() > 0) {
        freed.add(new Leg(lease.account(), -lease.outstanding()));
      }
    }
    return freed;
  }

  @Override
  public void fork(UUID log) {
    int _ = transactions.write(transaction -> transaction.sql().execute(FORK, log));
  }

  private static List<LeaseStanding> leases(Transaction transaction, HolderId holder) {
    return transaction.sql().connectionResult(c -> LeaseTable.of(c, List.of(holder)));
  }

  private static Set<AccountId> accounts(List<LeaseStanding> leases, TakeOver plan) {
    Set<AccountId> accounts = new LinkedHashSet<>();
    leases.forEach(lease -> accounts.add(lease.account()));
    accounts.addAll(OpenIntents.accounts(plan.open()));
    return accounts;
  }
}

package io.tollgate.metering.internal;

import io.tollgate.data.Transactions;
import io.tollgate.ledger.AuditCheck;
import io.tollgate.ledger.Ledger;
import io.tollgate.metering.Entitlements;
import io.tollgate.metering.InDoubt;
import io.tollgate.metering.InDoubtRule;
import io.tollgate.metering.Metering;
import io.tollgate.metering.MeteringConfig;
import io.tollgate.metering.Passages;
import io.tollgate.metering.QuoteBook;
import io.tollgate.metering.UsageQueries;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;

/** Wires metering together. */
public final class MeteringParts implements Metering {
  private static final int DAYS_AHEAD = 3;

  private final Transactions transactions;
  private final Incarnations incarnations;
  private final PassageStore store;
  private final LedgerPassages passages;
  private final Clock clock;
  private final UUID incarnation;
  private final int recovered;

  private MeteringParts(
      Transactions transactions,
      Incarnations incarnations,
      PassageStore store,
      LedgerPassages passages,
      Clock clock,
      UUID incarnation,
      int recovered) {
    this.transactions = transactions;
    this.incarnations = incarnations;
    this.store = store;
    this.passages = passages;
    this.clock = clock;
    this.incarnation = incarnation;
    this.recovered = recovered;
  }

  /** See {@link Metering#start}. */
  public static Metering start(
      MeteringConfig config,
      Transactions transactions,
      Ledger ledger,
      Entitlements entitlements,
      QuoteBook quotes,
      InDoubtRule.Source inDoubtRules,
      Executor executor,
      Clock clock,
      UUID dataDirectory,
      UUID incarnation) {
    PassageStore store = new PassageStore();
    Incarnations incarnations = new Incarnations();
    Settler settler = new Settler(ledger, store, clock);
    transactions.write(
        transaction -> {
          Instant now = clock.instant();
          var ended = incarnations.endOthers(transaction, dataDirectory, now);
          incarnations.open(transaction, incarnation, dataDirectory, now);
          return ended;
        });
    Recovery recovery =
        new Recovery(transactions, store, incarnations, settler, quotes, inDoubtRules, clock);
    int recovered = recovery.run(dataDirectory);
    LedgerPassages passages =
        new LedgerPassages(
            config,
            transactions,
            ledger,
            entitlements,
            store,
            settler,
            new SettleRetry(executor, config.settleWait()),
            executor,
            clock,
            incarnation);
    MeteringParts parts =
        new MeteringParts(
            transactions, incarnations, store, passages, clock, incarnation, recovered);
    parts.prepareDays();
    return parts;
  }

  @Override
  public Passages passages() {
    return passages;
  }

  /** See {@link Metering#usageQueries}. */
  public static UsageQueries usageQueries() {
    return new StoredUsage();
  }

  /** See {@link Metering#inDoubt}. */
  public static InDoubt inDoubt(Ledger ledger, QuoteBook quotes, Clock clock) {
    return new StoredInDoubt(ledger, quotes, clock);
  }

  /** See {@link Metering#auditChecks}. */
  public static List<AuditCheck> auditChecks() {
    return UsageChecks.all();
  }

  @Override
  public int recovered() {
    return recovered;
  }

  @Override
  public int open() {
    return passages.open();
  }

  @Override
  public void prepareDays() {
    transactions.write(
        transaction -> {
          Instant now = clock.instant();
          for (int day = 0; day < DAYS_AHEAD; day++) {
            store.ensurePartition(transaction, now.plus(Duration.ofDays(day)));
          }
          return true;
        });
  }

  @Override
  public void stop() {
    if (passages.open() > 0) {
      return; // what is left is resolved at the next start
    }
    transactions.write(
        transaction -> {
          incarnations.endCleanly(transaction, incarnation, clock.instant());
          return true;
        });
  }
}

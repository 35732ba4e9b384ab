package io.tollgate.metering.internal.database.register;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.data.UniqueViolation;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.TenantId;
import io.tollgate.ledger.Ledger;
import io.tollgate.metering.BookingListeners;
import io.tollgate.metering.QuoteBook;
import io.tollgate.metering.internal.database.books.BookingOccasion;
import io.tollgate.metering.internal.database.books.ChargeBooking;
import io.tollgate.metering.internal.database.books.ChargeBooking.Unbooked;
import io.tollgate.metering.internal.database.books.CurrencyLookup;
import io.tollgate.metering.internal.database.books.UsagePartitions;
import io.tollgate.metering.internal.database.tables.LogRow;
import io.tollgate.metering.internal.meterlog.RecordBytes;
import io.tollgate.metering.internal.settlement.ImportBook;
import io.tollgate.metering.internal.settlement.SettledCharge;
import io.tollgate.metering.internal.settlement.TakeOver.OpenIntent;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * Imports into PostgreSQL. Whoever settles the same log, or imports it, waits for its row; what is
 * booked is known by its charge's usage record.
 */
public final class DatabaseImport implements ImportBook {
  private static final int MAX_WHY = 2_000;

  /** What was kept as an exception is one no longer, once it is in the books. */
  private static final String RESOLVE =
      """
      UPDATE metering.settlement_exception SET resolved_at = ?::timestamptz
       WHERE charge_id = ANY (?::uuid[]) AND resolved_at IS NULL
      RETURNING charge_id, tenant_id
      """;

  /** Records of forked logs share their numbers: what is imported counts down from -1. */
  private static final String KEEP =
      """
      INSERT INTO metering.settlement_exception
        (log, sequence, charge_id, tenant_id, user_id, records, why, noted_at)
      SELECT ?, least(0, min(sequence)) - 1, ?, ?, ?, ?, ?, ?::timestamptz
        FROM metering.settlement_exception
       WHERE log = ?
      HAVING NOT EXISTS (SELECT FROM metering.settlement_exception
                          WHERE charge_id = ? AND resolved_at IS NULL)
      """;

  private static final String COUNT =
      "UPDATE metering.meter_log SET exceptions = exceptions + 1 WHERE id = ?";

  private final Transactions transactions;
  private final Ledger ledger;
  private final ChargeBooking bookkeeping;
  private final OpenIntents intents;
  private final CurrencyLookup currencies;
  private final InstantSource clock;
  private final UsagePartitions partitions = new UsagePartitions();

  public DatabaseImport(
      Transactions transactions, Ledger ledger, QuoteBook quotes, InstantSource clock) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.bookkeeping = new ChargeBooking(ledger, BookingListeners.NOBODY);
    this.intents = new OpenIntents(ledger, quotes);
    this.currencies = new CurrencyLookup(quotes);
    this.clock = clock;
  }

  @Override
  public Outcome book(UUID log, List<SettledCharge> charges) {
    try {
      return transactions.write(transaction -> book(transaction, log, charges));
    } catch (RuntimeException e) {
      if (!UniqueViolation.isIn(e)) {
        throw e;
      }
      // somebody decided on one of them at the same moment: it is known now
      return transactions.write(transaction -> book(transaction, log, charges));
    }
  }

  private Outcome book(Transaction transaction, UUID log, List<SettledCharge> charges) {
    Instant now = now();
    LogRow row = lock(transaction, log);
    Unbooked unbooked = bookkeeping.unbooked(transaction, charges, now);
    List<SettledCharge> rest = unbooked.charges();
    if (!rest.isEmpty()) {
      resolveExceptions(transaction, rest, now);
      partitions.ensure(transaction, rest.stream().map(each -> each.intent().at()).toList());
      bookkeeping.book(
          transaction, BookingOccasion.imported(log, rest), unbooked, row.state(), currencies, now);
    }
    return new Outcome(charges.size() - rest.size(), rest.size(), unbooked.superseded().size());
  }

  private void resolveExceptions(
      Transaction transaction, List<SettledCharge> charges, Instant now) {
    Object ids = ids(charges, each -> each.intent().charge());
    transaction
        .sql()
        .fetch(RESOLVE, now.toString(), ids)
        .forEach(
            row ->
                ledger.release(
                    transaction,
                    new TenantId(row.get("tenant_id", long.class)),
                    row.get("charge_id", UUID.class)));
  }

  private static <T> UUID[] ids(List<T> rows, Function<T, ChargeId> charge) {
    return rows.stream().map(row -> charge.apply(row).value()).toArray(UUID[]::new);
  }

  @Override
  public void keep(UUID log, SettledCharge charge, String why) {
    boolean _ =
        transactions.write(
            transaction -> {
              var _ = lock(transaction, log);
              return keep(transaction, log, charge, why);
            });
  }

  private boolean keep(Transaction transaction, UUID log, SettledCharge charge, String why) {
    var intent = charge.intent();
    int kept =
        transaction
            .sql()
            .execute(
                KEEP,
                log,
                intent.charge().value(),
                intent.tenant().value(),
                intent.user().value(),
                RecordBytes.of(log, List.of(intent, charge.result())),
                why.substring(0, Math.min(why.length(), MAX_WHY)).replace("\0", ""),
                now().toString(),
                log,
                intent.charge().value());
    if (kept > 0) {
      int _ = transaction.sql().execute(COUNT, log);
    }
    return kept > 0;
  }

  @Override
  public int doubt(UUID log, List<OpenIntent> open) {
    return transactions.write(
        transaction -> {
          LogRow row = lock(transaction, log);
          List<OpenIntent> fresh = OpenIntents.withoutKnown(transaction, open);
          if (!fresh.isEmpty()) {
            var holds = intents.fromAvailable(transaction, fresh);
            intents.doubt(transaction, row.incarnation(), fresh, holds, now());
          }
          return fresh.size();
        });
  }

  private static LogRow lock(Transaction transaction, UUID log) {
    return LogRow.lock(transaction, log)
        .orElseThrow(
            () -> new IllegalStateException("log " + log + " is not there (expected: entered)"));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}

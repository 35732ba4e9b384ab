package io.tollgate.metering.internal.database.books;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.data.UniqueViolation;
import io.tollgate.ledger.Ledger;
import io.tollgate.metering.BookingListeners;
import io.tollgate.metering.QuoteBook;
import io.tollgate.metering.internal.database.books.ChargeBooking.Unbooked;
import io.tollgate.metering.internal.settlement.LogState;
import io.tollgate.metering.internal.settlement.SettledCharge;
import io.tollgate.metering.internal.settlement.SettlementAnswer;
import io.tollgate.metering.internal.settlement.SettlementBatch;
import io.tollgate.metering.internal.settlement.SettlementBook;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Books batches of meter logs in PostgreSQL: position, entries, leases, usage records, statistics
 * and events, in one transaction. Safe for use by many threads.
 */
public final class DatabaseSettlement implements SettlementBook {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseSettlement.class);

  private final Transactions transactions;
  private final ChargeBooking bookkeeping;
  private final SettlementExceptions exceptions;
  private final CurrencyLookup currencies;
  private final InstantSource clock;
  private final UsagePartitions partitions = new UsagePartitions();

  /**
   * @param quotes tells the currency of a price version
   * @param clock when charges are noted as settled
   */
  public DatabaseSettlement(
      Transactions transactions, Ledger ledger, QuoteBook quotes, InstantSource clock) {
    this(transactions, ledger, quotes, BookingListeners.NOBODY, clock);
  }

  /**
   * @param quotes tells the currency of a price version, and what upstreams charge
   * @param listeners hear of it after the commit
   * @param clock when charges are noted as settled
   */
  public DatabaseSettlement(
      Transactions transactions,
      Ledger ledger,
      QuoteBook quotes,
      BookingListeners listeners,
      InstantSource clock) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.bookkeeping = new ChargeBooking(requireNonNull(ledger, "ledger is null"), listeners);
    this.exceptions = new SettlementExceptions(transactions, ledger);
    this.currencies = new CurrencyLookup(quotes);
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public SettlementAnswer settle(SettlementBatch batch) {
    try {
      return transactions.write(transaction -> settle(transaction, batch, false));
    } catch (RuntimeException e) {
      bookkeeping.forget();
      partitions.forget();
      if (!UniqueViolation.isIn(e)) {
        throw e;
      }
      LOG.info("log {}: some charges are in the books already: {}", batch.log(), e.getMessage());
      return transactions.write(transaction -> settle(transaction, batch, true));
    }
  }

  private SettlementAnswer settle(
      Transaction transaction, SettlementBatch batch, boolean someAreBooked) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Optional<LogState> state = LogMove.move(transaction, batch, batch.charges().size(), 0, now);
    if (state.isEmpty()) {
      return LogMove.elsewhere(transaction, batch);
    }
    Unbooked unbooked = Unbooked.fresh(batch.charges());
    if (someAreBooked || state.get() != LogState.OPEN) {
      unbooked = bookkeeping.unbooked(transaction, batch.charges(), now);
      if (unbooked.charges().size() < batch.charges().size()) {
        LogMove.fewer(transaction, batch, batch.charges().size() - unbooked.charges().size());
      }
    }
    book(transaction, BookingOccasion.of(batch), unbooked, state.get(), now);
    return new SettlementAnswer.Settled();
  }

  private void book(
      Transaction transaction,
      BookingOccasion occasion,
      Unbooked unbooked,
      LogState state,
      Instant now) {
    List<SettledCharge> charges = unbooked.charges();
    if (!charges.isEmpty()) {
      partitions.ensure(transaction, charges.stream().map(each -> each.intent().at()).toList());
      bookkeeping.book(transaction, occasion, unbooked, state, currencies, now);
    }
  }

  @Override
  public SettlementAnswer keepException(SettlementBatch one, String why) {
    return exceptions.keep(one, why, clock.instant().truncatedTo(ChronoUnit.MICROS));
  }
}

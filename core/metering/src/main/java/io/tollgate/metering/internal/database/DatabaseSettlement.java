package io.tollgate.metering.internal.database;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.Asset;
import io.tollgate.ledger.Ledger;
import io.tollgate.metering.QuoteBook;
import io.tollgate.metering.internal.settlement.LogState;
import io.tollgate.metering.internal.settlement.SettledCharge;
import io.tollgate.metering.internal.settlement.SettlementAnswer;
import io.tollgate.metering.internal.settlement.SettlementBatch;
import io.tollgate.metering.internal.settlement.SettlementBook;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Books batches of meter logs in PostgreSQL: position, entries, leases, usage records, statistics
 * and events, in one transaction. Safe for use by many threads.
 */
public final class DatabaseSettlement implements SettlementBook {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseSettlement.class);
  private static final String UNIQUE_VIOLATION = "23505";
  private static final int MOST_PRICES = 10_000;

  private final Transactions transactions;
  private final Bookkeeping bookkeeping;
  private final SettlementExceptions exceptions;
  private final QuoteBook quotes;
  private final InstantSource clock;
  private final UsagePartitions partitions = new UsagePartitions();
  private final Map<String, Asset> currencies = new ConcurrentHashMap<>();

  /**
   * @param quotes tells the currency of a price version
   * @param clock when charges are noted as settled
   */
  public DatabaseSettlement(
      Transactions transactions, Ledger ledger, QuoteBook quotes, InstantSource clock) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.bookkeeping = new Bookkeeping(requireNonNull(ledger, "ledger is null"));
    this.exceptions = new SettlementExceptions(transactions, ledger);
    this.quotes = requireNonNull(quotes, "quotes is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public SettlementAnswer settle(SettlementBatch batch) {
    try {
      return transactions.write(transaction -> settle(transaction, batch, false));
    } catch (RuntimeException e) {
      bookkeeping.forget();
      partitions.forget();
      if (!isUniqueViolation(e)) {
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
    List<SettledCharge> charges = batch.charges();
    if (someAreBooked || state.get() != LogState.OPEN) {
      charges = bookkeeping.unbooked(transaction, charges);
      if (charges.size() < batch.charges().size()) {
        LogMove.fewer(transaction, batch, batch.charges().size() - charges.size());
      }
    }
    if (!charges.isEmpty()) {
      partitions.ensure(transaction, charges.stream().map(each -> each.intent().at()).toList());
      bookkeeping.book(transaction, batch, charges, state.get(), this::currency, now);
    }
    return new SettlementAnswer.Settled();
  }

  @Override
  public SettlementAnswer keepException(SettlementBatch one, String why) {
    return exceptions.keep(one, why, clock.instant().truncatedTo(ChronoUnit.MICROS));
  }

  private Asset currency(String priceVersion) {
    Asset known = currencies.get(priceVersion);
    if (known == null) {
      known = quotes.byVersion(priceVersion).currency();
      if (currencies.size() >= MOST_PRICES) {
        currencies.clear();
      }
      currencies.put(priceVersion, known);
    }
    return known;
  }

  private static boolean isUniqueViolation(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable cause = failure; cause != null && causes.size() < 20; cause = cause.getCause()) {
      causes.add(cause);
    }
    return causes.stream()
        .anyMatch(
            cause ->
                cause instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState()));
  }
}

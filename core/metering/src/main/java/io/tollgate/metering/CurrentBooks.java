package io.tollgate.metering;

import io.tollgate.data.TransactionBody;
import io.tollgate.data.Transactions;
import java.time.Duration;

/**
 * Transactions for readers of the books in a gateway's own process: what its requests have used is
 * booked before the read, so that callers find their last request there. A gateway that is behind
 * already is not waited for.
 */
record CurrentBooks(Transactions transactions, Metering metering) implements Transactions {
  /** The first batch after a start, on a busy machine, has taken a third of it. */
  private static final Duration MAX = Duration.ofSeconds(1);

  @Override
  public <T> T write(TransactionBody<T> body) {
    awaitBooked();
    return transactions.write(body);
  }

  @Override
  public <T> T read(TransactionBody<T> body) {
    awaitBooked();
    return transactions.read(body);
  }

  @Override
  public <T> T snapshot(TransactionBody<T> body) {
    awaitBooked();
    return transactions.snapshot(body);
  }

  private void awaitBooked() {
    if (metering.settlementLag().compareTo(MAX) < 0) {
      metering.awaitBooked(MAX);
    }
  }
}

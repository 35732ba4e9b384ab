package io.tollgate.metering;

import io.tollgate.data.TransactionBody;
import io.tollgate.data.Transactions;
import java.time.Duration;

/**
 * Transactions for readers of the books in a gateway's own process: what its requests have used is
 * booked before the read, so that callers find their last request there. A gateway that is far
 * behind is not waited for.
 */
record CurrentBooks(Transactions transactions, Metering metering) implements Transactions {
  private static final Duration MAX = Duration.ofMillis(250);

  @Override
  public <T> T write(TransactionBody<T> body) {
    metering.awaitBooked(MAX);
    return transactions.write(body);
  }

  @Override
  public <T> T read(TransactionBody<T> body) {
    metering.awaitBooked(MAX);
    return transactions.read(body);
  }

  @Override
  public <T> T snapshot(TransactionBody<T> body) {
    metering.awaitBooked(MAX);
    return transactions.snapshot(body);
  }
}

package io.tollgate.billing.internal.subscriptions;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.TransactionBody;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.metering.Metering;
import java.time.Duration;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Runs what is paid from a user's means. Where gateways hold them in leases, these are called back
 * and it is tried again for a moment.
 */
final class HeldMeans {
  private static final Duration PAUSE = Duration.ofMillis(15);
  private static final Duration WAIT_MAX = Duration.ofMillis(400);

  private final Transactions transactions;
  private final LongSupplier nanoTime;

  HeldMeans(Transactions transactions, LongSupplier nanoTime) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
  }

  /**
   * Runs it in a transaction of its own.
   *
   * @throws Refusal {@code CONFLICT} when what would pay is still held after a moment
   */
  <T> T use(TransactionBody<T> body) {
    long until = nanoTime.getAsLong() + WAIT_MAX.toNanos();
    while (true) {
      try {
        return transactions.write(body);
      } catch (MeansHeldException held) {
        boolean leased =
            !transactions
                .write(transaction -> Metering.recallLeases(transaction, held.accounts()))
                .equals(Set.of());
        if (!leased || until - nanoTime.getAsLong() <= 0) {
          throw held.refusal();
        }
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new Refusal(ErrorCode.UNAVAILABLE, "the server is stopping");
    }
  }
}

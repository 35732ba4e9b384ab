package io.tollgate.trading.engine;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Notifications;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Notices of the signal monitor, for whoever listens in any process of the cluster at the time;
 * nothing is kept. Safe for use by many threads.
 */
public final class SignalNotices {
  private static final String CHANNEL = "signal_notices";
  private static final int LONGEST = 2_000;

  private final Transactions transactions;
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

  public SignalNotices(Transactions transactions, Notifications notifications) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    notifications.subscribe(
        CHANNEL,
        new Notifications.Listener() {
          @Override
          public void notified(String payload) {
            listeners.forEach(listener -> listener.accept(payload));
          }

          @Override
          public void missed() {
            // nothing is kept, so nothing can be made up for
          }
        });
  }

  /** Tells one. */
  public void tell(String sentence) {
    transactions.write(
        transaction -> {
          tell(transaction, sentence);
          return true;
        });
  }

  /** The same when a transaction commits. */
  public static void tell(Transaction transaction, String sentence) {
    String cut = sentence.length() > LONGEST ? sentence.substring(0, LONGEST) : sentence;
    var _ = transaction.sql().fetch("SELECT pg_notify(?, ?)", CHANNEL, cut);
  }

  /** Hears them until it is closed; must not block. */
  public AutoCloseable listen(Consumer<String> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}

package io.tollgate.metering;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Notifications;
import io.tollgate.data.Transactions;
import io.tollgate.ledger.Ledger;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * What metering is made of.
 *
 * @param quotes finds the price of a passage again, for settlement and recovery
 * @param listeners hear of it after the commit
 * @param executor runs blocking work; usually one virtual thread per task
 * @param random must differ between processes
 * @param directory the data directory; the caller holds its lock
 * @param directoryId id of the data directory
 * @param incarnation random id of this start
 * @param loops event loops that will join
 * @param onFault told when a meter log fails: charges can no longer be kept, and the process has to
 *     end at once
 */
public record MeteringSetup(
    MeteringConfig config,
    Transactions transactions,
    Notifications notifications,
    Ledger ledger,
    Entitlements entitlements,
    SpendLimits limits,
    QuoteBook quotes,
    InDoubtRule.Source inDoubtRules,
    BookingListeners listeners,
    Executor executor,
    Clock clock,
    RandomGenerator random,
    Path directory,
    UUID directoryId,
    UUID incarnation,
    int loops,
    Consumer<Throwable> onFault) {
  public MeteringSetup {
    requireNonNull(config, "config is null");
    requireNonNull(transactions, "transactions is null");
    requireNonNull(notifications, "notifications is null");
    requireNonNull(ledger, "ledger is null");
    requireNonNull(entitlements, "entitlements is null");
    requireNonNull(limits, "limits is null");
    requireNonNull(quotes, "quotes is null");
    requireNonNull(inDoubtRules, "inDoubtRules is null");
    requireNonNull(listeners, "listeners is null");
    requireNonNull(executor, "executor is null");
    requireNonNull(clock, "clock is null");
    requireNonNull(random, "random is null");
    requireNonNull(directory, "directory is null");
    requireNonNull(directoryId, "directoryId is null");
    requireNonNull(incarnation, "incarnation is null");
    requireNonNull(onFault, "onFault is null");
    if (loops < 1) {
      throw new IllegalArgumentException("loops: " + loops + " (expected: >= 1)");
    }
  }
}

package io.tollgate.edge.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.billing.BillingModule;
import io.tollgate.billing.PriceBook;
import io.tollgate.data.testing.TestDatabase;
import io.tollgate.ground.ChargeId;
import io.tollgate.ledger.Ledger;
import io.tollgate.metering.BookingListeners;
import io.tollgate.metering.Durability;
import io.tollgate.metering.InDoubtRule;
import io.tollgate.metering.Metering;
import io.tollgate.metering.MeteringConfig;
import io.tollgate.metering.MeteringSetup;
import io.tollgate.metering.Passage;
import io.tollgate.metering.PassageRequest;
import io.tollgate.metering.PassageResult;
import io.tollgate.metering.Passages;
import io.tollgate.metering.UsageFilter;
import io.tollgate.metering.UsageRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The real metering of a gateway without its relay: one loop, logs in a folder of its own. */
final class MeteredSite implements AutoCloseable {
  private final TestDatabase database;
  private final Ledger ledger;
  private final BillingModule billing;
  private final PriceBook prices;
  private final SecureRandom random = new SecureRandom();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final ExecutorService loop = Executors.newSingleThreadExecutor();
  private final List<Metering> started = new ArrayList<>();
  private final Passages passages;

  MeteredSite(TestDatabase database, Ledger ledger, BillingModule billing, PriceBook prices) {
    this.database = database;
    this.ledger = ledger;
    this.billing = billing;
    this.prices = prices;
    passages = start(folder(), UUID.randomUUID()).join(0, loop);
  }

  /** Serves a request, and waits until it is in the books. */
  void serve(PassageRequest request, PassageResult result) {
    Passage passage = onLoop(() -> passages.open(request));
    var _ = onLoop(() -> passage.record(result));
    awaitRow(request.charge(), UsageRecord.Outcome.SETTLED);
  }

  /** Lets a request through in a process that ends before it is answered. */
  void leaveInDoubt(PassageRequest request) {
    Path folder = folder();
    UUID directory = UUID.randomUUID();
    // it finds at some time that it was taken for dead, which is what happens here
    Passages ending = start(folder, directory, _ -> {}).join(0, loop);
    var _ = onLoop(() -> ending.open(request));
    assertThat(start(folder, directory).recovered()).isOne();
    awaitRow(request.charge(), UsageRecord.Outcome.IN_DOUBT);
  }

  private void awaitRow(ChargeId charge, UsageRecord.Outcome outcome) {
    UsageFilter filter = UsageFilter.of(charge);
    await()
        .until(
            () ->
                database
                    .transactions()
                    .read(tx -> Metering.usageQueries().search(tx, filter, 1, Optional.empty())),
            rows -> rows.stream().anyMatch(row -> row.outcome() == outcome));
  }

  private <T> T onLoop(Supplier<CompletionStage<T>> step) {
    return CompletableFuture.supplyAsync(step, loop).thenCompose(stage -> stage).join();
  }

  private Metering start(Path folder, UUID directory) {
    return start(
        folder,
        directory,
        fault -> {
          throw new AssertionError(fault);
        });
  }

  private Metering start(Path folder, UUID directory, Consumer<Throwable> onFault) {
    Metering metering =
        Metering.start(
            new MeteringSetup(
                new MeteringConfig(
                    Durability.PROCESS,
                    1 << 20,
                    100,
                    1_000,
                    Duration.ofHours(24),
                    Duration.ofSeconds(30),
                    1_000_000),
                database.transactions(),
                database.database().notifications(),
                ledger,
                billing.freeQuotas(),
                billing.spendLimits(),
                prices,
                (transaction, tenant) -> InDoubtRule.MANUAL,
                BookingListeners.NOBODY,
                executor,
                Clock.systemUTC(),
                random,
                folder,
                directory,
                UUID.randomUUID(),
                1,
                onFault));
    started.add(metering);
    return metering;
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("metered-site");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    started.forEach(metering -> metering.stop(Duration.ofSeconds(2)));
    loop.shutdown();
    executor.shutdown();
  }
}

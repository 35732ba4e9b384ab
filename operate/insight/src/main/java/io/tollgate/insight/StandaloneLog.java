package io.tollgate.insight;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.insight.internal.ExportFiles;
import io.tollgate.insight.internal.LogKeeper;
import io.tollgate.insight.internal.spool.SpoolFolder;
import io.tollgate.insight.internal.spool.SpoolMeters;
import io.tollgate.insight.internal.spool.SpoolWriter;
import io.tollgate.insight.internal.store.DuckStore;
import io.tollgate.relay.gateway.RequestLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** A request log in a folder of its own, without a program around it: for measurements. */
public final class StandaloneLog implements AutoCloseable {
  private static final int SEGMENT_BYTES = 4 << 20;
  private static final long SPOOL_BYTES = 1L << 30;
  private static final Duration KEPT = Duration.ofDays(3_650);

  private final LogKeeper keeper;
  private final SpoolFolder folder;
  private final SpoolMeters meters;

  private StandaloneLog(LogKeeper keeper, SpoolFolder folder, SpoolMeters meters) {
    this.keeper = requireNonNull(keeper, "keeper is null");
    this.folder = requireNonNull(folder, "folder is null");
    this.meters = requireNonNull(meters, "meters is null");
  }

  /**
   * Opens it.
   *
   * @param memoryMib what the store may use
   * @param threads what a query may run on
   */
  public static StandaloneLog open(Path home, int memoryMib, int threads, MeterRegistry registry)
      throws IOException {
    SpoolFolder folder =
        SpoolFolder.open(
            home.resolve("spool"), SEGMENT_BYTES, SPOOL_BYTES, UUID.randomUUID().toString());
    SpoolMeters meters = new SpoolMeters(registry, folder);
    LogKeeper keeper =
        new LogKeeper(
            () -> DuckStore.open(file(home), memoryMib, threads),
            folder,
            meters,
            () -> KEPT,
            Map::of,
            Clock.systemUTC(),
            4,
            new ExportFiles(home.resolve("exports"), 1));
    keeper.start();
    return new StandaloneLog(keeper, folder, meters);
  }

  /** The store's file. */
  public static Path file(Path home) {
    return home.resolve("requests.duckdb");
  }

  /**
   * Takes requests as an event loop does, for one thread.
   *
   * @param refusedPerSecond refused requests kept in a second before the others are sampled
   */
  public RequestLog writer(int refusedPerSecond) {
    return new SpoolWriter(folder, refusedPerSecond, meters);
  }

  /** Bytes that wait for the store, or are kept ready. */
  public long spoolBytes() {
    return folder.bytes();
  }

  /** Whether the days that are over have been added up, so that statistics need not read them. */
  public boolean hasAddedUp() {
    return keeper.hasAddedUp();
  }

  /** Finds them. */
  public RequestSearch requests() {
    return keeper;
  }

  /** Takes requests that others tell of. */
  public RequestTaking taking() {
    return keeper;
  }

  @Override
  public void close() {
    keeper.close();
  }
}

package io.tollgate.insight;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.data.DataModule;
import io.tollgate.data.Transactions;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.ProgramModule;
import io.tollgate.insight.internal.ExportFiles;
import io.tollgate.insight.internal.LogKeeper;
import io.tollgate.insight.internal.list.MergedRequests;
import io.tollgate.insight.internal.spool.SpoolFolder;
import io.tollgate.insight.internal.spool.SpoolMeters;
import io.tollgate.insight.internal.spool.SpoolWriter;
import io.tollgate.insight.internal.store.DuckStore;
import io.tollgate.metering.Metering;
import io.tollgate.relay.gateway.GatewayModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps the request log of a process that relays: every request of its gateway. Lists requests in
 * every process, from the log where it has one and from the books.
 */
public final class InsightModule implements ProgramModule {
  private static final int SEGMENT_BYTES = 4 << 20;

  public static final ModuleEntry<InsightModule> ENTRY =
      ModuleEntry.of(InsightModule.class, InsightModule::open)
          .inRole("gateway")
          .with(InsightConfig.settings());

  private final Optional<LogKeeper> keeper;
  private final RequestList requests;
  private final InsightConfig config;

  private InsightModule(
      Optional<LogKeeper> keeper, Transactions transactions, InsightConfig config) {
    this.keeper = requireNonNull(keeper, "keeper is null");
    this.requests =
        new MergedRequests(keeper.map(each -> each), transactions, Metering.usageQueries());
    this.config = requireNonNull(config, "config is null");
  }

  private static InsightModule open(ModuleSite site) {
    InsightConfig config = InsightConfig.from(site.settings());
    return new InsightModule(
        site.ifOpen(GatewayModule.class).map(gateway -> keep(site, gateway, config)),
        site.module(DataModule.class).transactions(),
        config);
  }

  private static LogKeeper keep(ModuleSite site, GatewayModule gateway, InsightConfig config) {
    Path home = site.dataDirectory().resolve("request-log");
    SpoolFolder folder;
    ExportFiles exports = new ExportFiles(home.resolve("exports"), config.exportsMax());
    try {
      folder =
          SpoolFolder.open(
              home.resolve("spool"),
              SEGMENT_BYTES,
              config.spoolBytes(),
              UUID.randomUUID().toString());
      exports.clear();
    } catch (IOException e) {
      throw new UncheckedIOException("the request log's spool cannot be opened", e);
    }
    SpoolMeters meters = new SpoolMeters(site.facility(MeterRegistry.class), folder);
    gateway.logTo(_ -> new SpoolWriter(folder, config.refusedPerSecond(), meters));
    LogKeeper keeper =
        new LogKeeper(
            () ->
                DuckStore.open(
                    home.resolve("requests.duckdb"), config.memoryMib(), config.threads()),
            folder,
            meters,
            config.kept(),
            Clock.systemUTC(),
            config.queriesMax(),
            exports);
    keeper.start();
    return keeper;
  }

  /** Requests of the books alone, as a process lists them that has no log. */
  public static RequestList ofBooks(Transactions transactions) {
    return new MergedRequests(Optional.empty(), transactions, Metering.usageQueries());
  }

  /** Lists requests. */
  public RequestList requests() {
    return requests;
  }

  /** How many requests one export may have. */
  public int exportRowsMax() {
    return config.exportRowsMax();
  }

  @Override
  public void close() {
    keeper.ifPresent(LogKeeper::close);
  }
}

package io.tollgate.insight;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.ProgramModule;
import io.tollgate.insight.internal.LogKeeper;
import io.tollgate.insight.internal.spool.SpoolFolder;
import io.tollgate.insight.internal.spool.SpoolMeters;
import io.tollgate.insight.internal.spool.SpoolWriter;
import io.tollgate.insight.internal.store.DuckStore;
import io.tollgate.relay.gateway.GatewayModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;

/**
 * Keeps the request log of a process that relays: every request of its gateway, in a store of the
 * process's own.
 */
public final class InsightModule implements ProgramModule {
  private static final int SEGMENT_BYTES = 4 << 20;

  public static final ModuleEntry<InsightModule> ENTRY =
      ModuleEntry.of(InsightModule.class, InsightModule::open)
          .inRole("gateway")
          .with(InsightConfig.settings());

  private final LogKeeper keeper;

  private InsightModule(LogKeeper keeper) {
    this.keeper = requireNonNull(keeper, "keeper is null");
  }

  private static InsightModule open(ModuleSite site) {
    InsightConfig config = InsightConfig.from(site.settings());
    Path home = site.dataDirectory().resolve("request-log");
    SpoolFolder folder;
    try {
      folder =
          SpoolFolder.open(
              home.resolve("spool"),
              SEGMENT_BYTES,
              config.spoolBytes(),
              UUID.randomUUID().toString());
    } catch (IOException e) {
      throw new UncheckedIOException("the request log's spool cannot be opened", e);
    }
    SpoolMeters meters = new SpoolMeters(site.facility(MeterRegistry.class), folder);
    site.module(GatewayModule.class)
        .logTo(_ -> new SpoolWriter(folder, config.refusedPerSecond(), meters));
    LogKeeper keeper =
        new LogKeeper(
            () ->
                DuckStore.open(
                    home.resolve("requests.duckdb"), config.memoryMib(), config.threads()),
            folder,
            meters,
            config.kept(),
            Clock.systemUTC(),
            config.queriesMax());
    keeper.start();
    return new InsightModule(keeper);
  }

  /** Finds requests. */
  public RequestSearch requests() {
    return keeper;
  }

  @Override
  public void close() {
    keeper.close();
  }
}

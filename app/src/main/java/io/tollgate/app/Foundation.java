package io.tollgate.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.data.UpgradeChecks;
import io.tollgate.ground.config.Settings;
import io.tollgate.ground.module.EventLoops;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ProgramFacts;
import io.tollgate.ledger.Audit;
import io.tollgate.postgres.DataDirectory;
import io.tollgate.telemetry.LogConfig;
import io.tollgate.telemetry.Logs;
import io.tollgate.telemetry.Metrics;
import io.tollgate.telemetry.TraceConfig;
import io.tollgate.telemetry.Tracing;
import io.tollgate.web.PublicAddress;
import io.tollgate.web.WebConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every process that serves stands on: the data directory, logs, metrics, and the modules that
 * are open in all of them. Closing it undoes everything in the opposite order.
 */
final class Foundation implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Foundation.class);

  private final Deque<AutoCloseable> opened;
  private final Settings settings;
  private final Metrics metrics;
  private final Tracing tracing;
  private final OpenModules modules;

  private Foundation(Deque<AutoCloseable> opened, Settings settings, Path dataDirectory) {
    this.opened = opened;
    this.settings = settings;
    DataDirectory directory = opened(DataDirectory.open(dataDirectory, Clock.systemUTC()));
    opened(openLogs(settings, directory.path()));
    TraceConfig traces = TraceConfig.from(settings);
    metrics = opened(Metrics.ofProcess(traces.collector().isPresent()));
    tracing = opened(Tracing.open(traces, ProgramVersion.number(), metrics.registry()));
    modules =
        opened(
            new OpenModules(
                    new OpenModules.ProcessParts(settings, new SecureRandom(), directory.path()),
                    ProgramModules.ALL)
                .with(DataDirectory.class, directory)
                .with(UpgradeChecks.class, ProgramModules.upgradeChecks())
                .with(MeterRegistry.class, metrics.registry())
                .with(EventLoops.class, new EventLoops(WebConfig.from(settings).loops()))
                .with(Audit.class, ProgramAudit.create())
                .with(
                    ProgramFacts.class,
                    new ProgramFacts(ProgramVersion.number(), Clock.systemUTC().instant()))
                .with(
                    PublicAddress.class,
                    PublicAddress.from(
                        settings,
                        settings.get(AppConfig.ENVIRONMENT) == AppConfig.Environment.PRODUCTION)));
    modules.open(ModuleEntry::isInEveryProcess);
  }

  /** Opens everything; what was opened is closed again when the rest does not open. */
  static Foundation open(Settings settings, Path dataDirectory) {
    Deque<AutoCloseable> opened = new ArrayDeque<>();
    try {
      return new Foundation(opened, settings, dataDirectory);
    } catch (RuntimeException e) {
      closeAll(opened);
      throw e;
    }
  }

  Settings settings() {
    return settings;
  }

  Metrics metrics() {
    return metrics;
  }

  Tracing tracing() {
    return tracing;
  }

  OpenModules modules() {
    return modules;
  }

  @Override
  public void close() {
    closeAll(opened);
  }

  private <T extends AutoCloseable> T opened(T part) {
    opened.push(part);
    return part;
  }

  private static void closeAll(Deque<AutoCloseable> opened) {
    while (!opened.isEmpty()) {
      AutoCloseable part = opened.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.atError().setCause(e).addKeyValue("part", part.getClass()).log("did not close");
      }
    }
  }

  private static Logs openLogs(Settings settings, Path directory) {
    try {
      return Logs.open(directory.resolve("logs"), LogConfig.from(settings));
    } catch (IOException e) {
      throw new StartException("the log folder cannot be used: " + e);
    }
  }
}

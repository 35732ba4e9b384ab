package io.tollgate.insight;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.data.DataModule;
import io.tollgate.data.RecurringJob;
import io.tollgate.data.Transactions;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.Offers;
import io.tollgate.ground.module.ProgramModule;
import io.tollgate.insight.internal.ExportFiles;
import io.tollgate.insight.internal.LogKeeper;
import io.tollgate.insight.internal.LogSender;
import io.tollgate.insight.internal.books.BookComparison;
import io.tollgate.insight.internal.books.StoredRetentions;
import io.tollgate.insight.internal.list.MergedRequests;
import io.tollgate.insight.internal.spool.SentMarks;
import io.tollgate.insight.internal.spool.SpoolFolder;
import io.tollgate.insight.internal.spool.SpoolMeters;
import io.tollgate.insight.internal.spool.SpoolWriter;
import io.tollgate.insight.internal.store.DuckStore;
import io.tollgate.insight.internal.store.clickhouse.ClickHouseServer;
import io.tollgate.insight.internal.store.clickhouse.ClickHouseStore;
import io.tollgate.metering.Metering;
import io.tollgate.relay.gateway.GatewayModule;
import io.tollgate.relay.gateway.RequestLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * Keeps the request log of a process that relays: every request of its gateway. Lists requests in
 * every process, from the log where it has one and from the books.
 */
public final class InsightModule implements ProgramModule {
  private static final int SEGMENT_BYTES = 4 << 20;
  private static final LogRetentions RETENTIONS = new StoredRetentions();

  public static final ModuleEntry<InsightModule> ENTRY =
      ModuleEntry.of(InsightModule.class, InsightModule::open)
          .inRole("gateway")
          .with(InsightConfig.settings())
          .with(ClickHouseConfig.settings());

  private final Optional<LogKeeper> keeper;
  private final Optional<LogSender> sender;
  private final RequestList requests;
  private final InsightConfig config;
  private final Optional<LogComparisons> comparisons;
  private final BooleanSupplier begun;

  private InsightModule(
      Optional<LogKeeper> keeper,
      Optional<LogSender> sender,
      BooleanSupplier begun,
      Transactions transactions,
      MeterRegistry meters,
      InsightConfig config) {
    this.comparisons =
        keeper.map(
            each ->
                new BookComparison(
                    each, transactions, Metering.usageQueries(), meters, Clock.systemUTC()));
    this.keeper = requireNonNull(keeper, "keeper is null");
    this.sender = requireNonNull(sender, "sender is null");
    this.begun = requireNonNull(begun, "begun is null");
    this.requests =
        new MergedRequests(keeper.map(each -> each), transactions, Metering.usageQueries());
    this.config = requireNonNull(config, "config is null");
  }

  private static InsightModule open(ModuleSite site) {
    InsightConfig config = InsightConfig.from(site.settings());
    ClickHouseConfig store = ClickHouseConfig.from(site.settings());
    Optional<ClickHouseServer> shared = store.server();
    Optional<GatewayModule> gateway = site.ifOpen(GatewayModule.class);
    boolean hasLog = !store.sent() && (gateway.isPresent() || shared.isPresent());
    return new InsightModule(
        hasLog ? Optional.of(keep(site, gateway, shared, config)) : Optional.empty(),
        store.sent() ? gateway.map(each -> send(site, each, config)) : Optional.empty(),
        () -> shared.isPresent() || Files.exists(file(home(site))),
        site.module(DataModule.class).transactions(),
        site.facility(MeterRegistry.class),
        config);
  }

  private static LogKeeper keep(
      ModuleSite site,
      Optional<GatewayModule> gateway,
      Optional<ClickHouseServer> shared,
      InsightConfig config) {
    Path home = home(site);
    ExportFiles exports = new ExportFiles(home.resolve("exports"), config.exportsMax());
    SpoolFolder folder = spool(home, config);
    String writer;
    try {
      exports.clear();
      writer = writer(home.resolve("writer"));
    } catch (IOException e) {
      throw new UncheckedIOException("the request log's folder cannot be used", e);
    }
    SpoolMeters meters = new SpoolMeters(site.facility(MeterRegistry.class), folder);
    gateway.ifPresent(
        each -> each.logTo(_ -> new SpoolWriter(folder, config.refusedPerSecond(), meters)));
    LogKeeper keeper =
        new LogKeeper(
            () ->
                shared.isPresent()
                    ? ClickHouseStore.open(shared.get(), writer, Clock.systemUTC())
                    : DuckStore.open(file(home), config.memoryMib(), config.threads()),
            folder,
            meters,
            () -> usual(site.module(DataModule.class).transactions(), config.kept()),
            () -> keptOf(site.module(DataModule.class).transactions()),
            Clock.systemUTC(),
            config.queriesMax(),
            exports);
    keeper.start();
    return keeper;
  }

  private static LogSender send(ModuleSite site, GatewayModule gateway, InsightConfig config) {
    Path home = home(site);
    SpoolFolder folder = spool(home, config);
    SpoolMeters meters = new SpoolMeters(site.facility(MeterRegistry.class), folder);
    LogSender sender = new LogSender(folder, new SentMarks(spoolOf(home)), meters);
    gateway.logTo(_ -> sender.writer(config.refusedPerSecond()));
    return sender;
  }

  private static SpoolFolder spool(Path home, InsightConfig config) {
    try {
      return SpoolFolder.open(
          spoolOf(home), SEGMENT_BYTES, config.spoolBytes(), UUID.randomUUID().toString());
    } catch (IOException e) {
      throw new UncheckedIOException("the request log's spool cannot be opened", e);
    }
  }

  private static Path spoolOf(Path home) {
    return home.resolve("spool");
  }

  private static Path home(ModuleSite site) {
    return site.dataDirectory().resolve("request-log");
  }

  private static Path file(Path home) {
    return home.resolve("requests.duckdb");
  }

  /** What an administrator has said while the program ran, before the setting. */
  private static Duration usual(Transactions transactions, Duration setting) {
    OptionalInt said = transactions.read(RETENTIONS::usual);
    return said.isPresent() ? Duration.ofDays(said.getAsInt()) : setting;
  }

  private static Map<TenantId, Duration> keptOf(Transactions transactions) {
    Map<TenantId, Duration> kept = new HashMap<>();
    transactions
        .read(RETENTIONS::all)
        .forEach((tenant, days) -> kept.put(tenant, Duration.ofDays(days)));
    return kept;
  }

  /** A name by which a server knows what this data directory's process has asked, also before. */
  private static String writer(Path file) throws IOException {
    if (!Files.exists(file)) {
      Files.writeString(file, "tollgate-" + UUID.randomUUID());
    }
    return Files.readString(file).strip();
  }

  /** Requests of the books alone, as a process lists them that has no log. */
  public static RequestList ofBooks(Transactions transactions) {
    return new MergedRequests(Optional.empty(), transactions, Metering.usageQueries());
  }

  /** Lists requests. */
  public RequestList requests() {
    return requests;
  }

  /**
   * Takes requests of another time, for one thread; empty in a process that neither has a log nor
   * sends to one.
   */
  public Optional<RequestLog> imports() {
    return keeper
        .map(each -> each.writer(config.refusedPerSecond()))
        .or(() -> sender.map(each -> each.writer(config.refusedPerSecond())));
  }

  /** Sends the requests of this process to the one that has the log; empty where none are sent. */
  public Optional<RequestSending> sending() {
    return sender.map(each -> each);
  }

  /** Takes requests that others tell of; empty in a process that has no log. */
  public Optional<RequestTaking> taking() {
    return keeper.map(each -> each);
  }

  /** Compares them with the books; empty in a process that has no log. */
  public Optional<LogComparisons> comparisons() {
    return comparisons;
  }

  /** For how long requests of tenants are kept. */
  public static LogRetentions retentions() {
    return RETENTIONS;
  }

  @Override
  public Offers offers() {
    return comparisons
        .map(
            each ->
                Offers.of(
                    RecurringJob.class,
                    new RecurringJob(
                        "insight.comparison", config.comparing(), () -> compareLastDays(each))))
        .orElse(Offers.NONE);
  }

  private void compareLastDays(LogComparisons comparison) {
    if (!begun.getAsBoolean()) {
      // there is no log yet, and it is not made to find nothing in it
      return;
    }
    LocalDate today = LocalDate.ofInstant(Clock.systemUTC().instant(), ZoneOffset.UTC);
    for (int ago = config.comparedDays(); ago > 0; ago--) {
      var _ = comparison.compare(today.minusDays(ago));
    }
  }

  /** How many requests one export may have. */
  public int exportRowsMax() {
    return config.exportRowsMax();
  }

  @Override
  public void close() {
    sender.ifPresent(LogSender::close);
    keeper.ifPresent(LogKeeper::close);
  }
}

package io.tollgate.app;

import io.tollgate.billing.PriceTable;
import io.tollgate.data.Database;
import io.tollgate.data.DatabaseConfig;
import io.tollgate.ground.config.Settings;
import io.tollgate.ledger.Ledgers;
import io.tollgate.metering.MeterLogs;
import io.tollgate.metering.MeterLogs.Inspection;
import io.tollgate.postgres.RunningPostgres;
import io.tollgate.rpc.RpcConfig;
import io.tollgate.telemetry.Metrics;
import io.tollgate.web.WebConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ParseResult;

/** Looks at what an installation stands on, and names the mend for each thing that is wrong. */
final class DoctorCommand {
  private static final long LEAST_DISK_BYTES = 1L << 30;
  private static final long LEAST_HEAP_BYTES = 128L << 20;

  private final PrintWriter out;
  private int faults;

  private DoctorCommand(PrintWriter out) {
    this.out = out;
  }

  static int run(Settings settings, ParseResult parsed, PrintWriter out) {
    DoctorCommand doctor = new DoctorCommand(out);
    AppConfig config = AppConfig.from(settings);
    doctor.java();
    doctor.platform(settings);
    boolean inUse = doctor.dataDirectory(config.dataDirectory());
    doctor.disk(config.dataDirectory());
    doctor.database(settings, config.dataDirectory());
    doctor.meterLogs(settings, config.dataDirectory(), inUse);
    if (inUse) {
      doctor.good("ports", "not tried: they belong to the process that has the data directory");
    } else {
      String address = WebConfig.from(settings).bindAddress();
      doctor.port(address, config.publicPort(), "--port");
      doctor.port(address, config.privatePort(), "--private-port");
      doctor.port(settings.get(RpcConfig.BIND_ADDRESS), config.grpcPort(), "--grpc-port");
      if (config.demo()) {
        doctor.port("127.0.0.1", settings.get(SandboxModule.PORT), "--sandbox-port");
      }
    }
    out.println(doctor.faults == 0 ? "Nothing is wrong." : doctor.faults + " to mend.");
    return doctor.faults == 0 ? 0 : 1;
  }

  private void java() {
    int feature = Runtime.version().feature();
    if (feature < 25) {
      fault("java", "version " + feature, "install a JDK 25 or newer");
    } else {
      good("java", Runtime.version() + " in " + System.getProperty("java.home"));
    }
    long heap = Runtime.getRuntime().maxMemory();
    if (heap < LEAST_HEAP_BYTES) {
      fault("memory", (heap >> 20) + " MiB of heap", "give the JVM -Xmx128m or more");
    } else {
      good("memory", (heap >> 20) + " MiB of heap at most");
    }
  }

  private void platform(Settings settings) {
    String name = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    boolean known =
        List.of("linux amd64", "linux aarch64", "mac os x aarch64")
            .contains(name.toLowerCase(Locale.ROOT));
    if (known || DatabaseConfig.from(settings).url().isPresent()) {
      good("platform", name);
    } else {
      fault(
          "platform",
          name + ": no embedded PostgreSQL for it",
          "set postgres.url to a PostgreSQL 18 of your own");
    }
  }

  private boolean dataDirectory(Path folder) {
    if (!Files.exists(folder)) {
      good("data directory", folder + " is not there yet; up makes it");
      return false;
    }
    if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
      fault(
          "data directory",
          folder + " is not a folder that can be written",
          "make it yours, or choose another with --data-dir");
      return false;
    }
    boolean inUse = RunningPostgres.find(folder).isPresent();
    good("data directory", folder + (inUse ? ", in use by a running process" : ""));
    return inUse;
  }

  private void disk(Path folder) {
    Path there = folder;
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    try {
      FileStore store = Files.getFileStore(there);
      long free = store.getUsableSpace();
      if (free < LEAST_DISK_BYTES) {
        fault("disk", (free >> 20) + " MiB free", "free at least 1 GiB, or use another disk");
      } else {
        good("disk", (free >> 30) + " GiB free");
      }
    } catch (IOException e) {
      fault("disk", String.valueOf(e.getMessage()), "look at the file system of " + there);
    }
  }

  private void database(Settings settings, Path folder) {
    DatabaseConfig config = DatabaseConfig.from(settings);
    if (config.url().isEmpty() && RunningPostgres.find(folder).isEmpty()) {
      good("database", "embedded; not running now");
      return;
    }
    SecureRandom random = new SecureRandom();
    try (Metrics metrics = Metrics.empty();
        Database database =
            config.url().isPresent()
                ? Database.attach(config, metrics.registry(), random)
                : Database.attachRunning(folder, config, metrics.registry(), random)
                    .orElseThrow(() -> new StartException("it has just stopped"))) {
      String version =
          database
              .transactions()
              .read(tx -> String.valueOf(tx.sql().fetchSingle("SHOW server_version").get(0)));
      good("database", "PostgreSQL " + version + " answers");
    } catch (RuntimeException e) {
      fault(
          "database",
          String.valueOf(e.getMessage()),
          config.url().isPresent()
              ? "look at postgres.url, postgres.user, postgres.password and the server"
              : "look at " + folder.resolve("postgres/server.log"));
    }
  }

  /** The logs that a start would begin with. */
  private void meterLogs(Settings settings, Path folder, boolean inUse) {
    try {
      if (inUse || !MeterLogs.any(folder)) {
        good("meter logs", inUse ? "not read: a running process writes them" : "none");
        return;
      }
      List<Inspection> logs =
          BooksDatabase.use(settings, Duration.ofMinutes(1), database -> inspect(folder, database));
      logs.stream()
          .filter(log -> !log.usable())
          .forEach(log -> fault("meter logs", log.explain(), "as it says; nothing starts before"));
      logs.stream().filter(Inspection::usable).forEach(log -> good("meter logs", log.explain()));
      if (logs.isEmpty()) {
        good("meter logs", "all are settled to their end");
      }
    } catch (IOException | RuntimeException e) {
      fault(
          "meter logs",
          "they cannot be read: " + e.getMessage(),
          "look at the disk of " + folder + ", and at the database");
    }
  }

  private static List<Inspection> inspect(Path folder, Database database) {
    Clock clock = Clock.systemUTC();
    try {
      return MeterLogs.inspect(
          folder,
          database.transactions(),
          Ledgers.create(clock, new SecureRandom()),
          PriceTable.shipped(),
          clock);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void port(String address, int port, String flag) {
    if (port == 0) {
      return;
    }
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(address))) {
      good("port " + port, "free (" + flag + ")");
    } catch (IOException e) {
      fault(
          "port " + port,
          "taken: " + e.getMessage(),
          "stop what listens there (ss -ltnp 'sport = :"
              + port
              + "'), or choose another with "
              + flag);
    }
  }

  private void good(String what, String how) {
    out.println("  ok    " + what + ": " + how);
  }

  private void fault(String what, String how, String mend) {
    faults++;
    out.println("  WRONG " + what + ": " + how);
    out.println("        mend: " + mend);
  }
}

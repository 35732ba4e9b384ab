package io.tollgate.tests.cluster;

import static org.awaitility.Awaitility.await;

import io.tollgate.ledger.AuditFinding;
import io.tollgate.postgres.EmbeddedPostgres;
import io.tollgate.tests.installation.Demo;
import io.tollgate.tests.installation.Folders;
import io.tollgate.tests.installation.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * PostgreSQL, the sandbox provider, an office (billing, sync and console) and any number of
 * gateways, each in a process of its own; with the demo's tenant, users and secrets.
 */
public final class Cluster implements AutoCloseable {
  /**
   * Many starts, each with logs of its own, and so that segments are filled; at rest soon after the
   * last request.
   */
  private static final List<String> GATEWAY_DEFAULTS =
      List.of("--metering-log-segment-mib=1", "--metering-lease-idle-ms=1000");

  private static final Duration START = Duration.ofMinutes(2);

  private final Path root;
  private final PostgresServer postgres;
  private final Map<String, String> environment = new HashMap<>();
  private final Service sandbox;
  private final Service office;
  private final Demo demo;
  private final List<Service> services = new ArrayList<>();

  private Cluster(Path root) throws IOException {
    this.root = root;
    postgres = PostgresServer.start(Files.createDirectory(root.resolve("database")));
    environment.put("TOLLGATE_POSTGRES_USER", EmbeddedPostgres.SUPERUSER);
    environment.put("TOLLGATE_POSTGRES_PASSWORD", postgres.password());
    environment.put("TOLLGATE_MASTER_KEY", Base64.getEncoder().encodeToString(new byte[32]));
    int sandboxPort = FreePorts.next();
    try {
      demo = makeDemo(sandboxPort);
      sandbox = makeSandbox(sandboxPort);
      office = makeOffice();
      sandbox.launch();
      office.launch();
      sandbox.awaitReady();
      office.awaitReady();
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** Starts everything but gateways. */
  public static Cluster start() {
    try {
      return new Cluster(Files.createTempDirectory("tollgate-cluster"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Demo demo() {
    return demo;
  }

  public PostgresServer postgres() {
    return postgres;
  }

  public Service sandbox() {
    return sandbox;
  }

  public Service office() {
    return office;
  }

  /** The journal of the sandbox. */
  public Path served() {
    return sandbox.folder().resolve("sandbox/served.log");
  }

  /** A gateway with a data directory of its own, not started. */
  public Service gateway(String name, String... flags) {
    return gatewayOn(name, postgres.url(), flags);
  }

  /** A gateway that reaches the database at another address. */
  public Service gatewayOn(String name, String databaseUrl, String... flags) {
    int port = FreePorts.next();
    List<String> command = program("run", "--roles=gateway", "--relay-accounts-rest-failed-ms=50");
    command.add("--port=" + port);
    if (!isGiven("--private-port=", flags)) {
      command.add("--private-port=" + FreePorts.next());
    }
    command.addAll(List.of(flags));
    GATEWAY_DEFAULTS.stream()
        .filter(each -> !isGiven(each.substring(0, each.indexOf('=') + 1), flags))
        .forEach(command::add);
    return service(name, command, databaseUrl, port, "/health/ready");
  }

  private static boolean isGiven(String option, String... flags) {
    return List.of(flags).stream().anyMatch(flag -> flag.startsWith(option));
  }

  /**
   * Another billing process with a data directory of its own, not started; it is reached at its
   * private port, and at its public one where the flags say so.
   */
  public Service billing(String name, String... flags) {
    int port = FreePorts.next();
    List<String> command = program("run", "--roles=billing", "--private-port=" + port);
    command.add("--grpc-port=" + FreePorts.next());
    command.addAll(List.of(flags));
    return service(name, command, postgres.url(), port, "/health/ready");
  }

  /** Another sync process, not started; it is reached at its private port. */
  public Service sync(String name, String... flags) {
    int port = FreePorts.next();
    List<String> command = program("run", "--roles=sync", "--private-port=" + port);
    command.add("--sync-port=" + FreePorts.next());
    command.addAll(List.of(flags));
    return service(name, command, postgres.url(), port, "/health/ready");
  }

  /** A process with the role merchant, not started; it is reached at the port of that role. */
  public Service merchant(String name, String... flags) {
    int port = FreePorts.next();
    List<String> command = program("run", "--roles=merchant", "--merchant-port=" + port);
    command.add("--private-port=" + FreePorts.next());
    command.addAll(List.of(flags));
    return service(name, command, postgres.url(), port, "/health/ready");
  }

  /**
   * A process that looks at bars, at the sandbox's exchange, not started; it is reached at the port
   * of its role.
   */
  public Service signalMonitor(String name, String... flags) {
    int port = FreePorts.next();
    List<String> command =
        program("run", "--roles=signal-monitor", "--signal-monitor-port=" + port);
    command.add("--private-port=" + FreePorts.next());
    command.add("--exchange-binance-futures-url=" + sandbox.url());
    command.addAll(List.of(flags));
    return service(name, command, postgres.url(), port, "/health/ready");
  }

  /** A gateway on a copy of another's data directory, taken now. */
  public Service copyOf(Service original, String name) {
    Service copy = gateway(name);
    Shell.run("cp", "-a", dataDirectory(original).toString(), dataDirectory(copy).toString());
    return copy;
  }

  /**
   * Puts a gateway that was not started yet on a disk of its own of some MiB; close it before this.
   */
  public SmallDisk smallDisk(Service gateway, int mib) {
    return SmallDisk.under(gateway, dataDirectory(gateway), mib);
  }

  /** Where a process of the program keeps what lasts. */
  public Path dataDirectory(Service service) {
    return service.folder().resolve("data");
  }

  /** The id of a service's data directory. */
  public UUID directoryId(Service service) {
    try {
      return UUID.fromString(Files.readString(dataDirectory(service).resolve("id")).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a command of the program on this cluster's database. */
  public Program.Ended command(String... arguments) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("TOLLGATE_POSTGRES_URL", postgres.url());
    return Program.run(root, all, arguments);
  }

  /** The audit as its command prints it. */
  public Program.Ended audit() {
    return command("audit");
  }

  /** What an audit in this process finds: the same checks, without a JVM of their own. */
  public List<AuditFinding> findings() {
    return Auditor.findings(postgres);
  }

  @Override
  public void close() {
    services.stream().filter(Service::isRunning).forEach(Service::killHard);
    postgres.close();
    Folders.delete(root);
  }

  /** The demo is what {@code up} makes; its sandbox account stays when the process has gone. */
  private Demo makeDemo(int sandboxPort) {
    List<String> command = program("up", "--port=0", "--private-port=0", "--grpc-port=0");
    command.add("--sandbox-port=" + sandboxPort);
    Service everything = service("first", command, postgres.url(), 0, "/");
    everything.launch();
    Path file = dataDirectory(everything).resolve("demo.json");
    await("demo.json")
        .atMost(START)
        .pollInterval(Duration.ofMillis(25))
        .until(
            () -> {
              if (!everything.isRunning()) {
                throw new AssertionError(everything.printed());
              }
              return Files.exists(file);
            });
    Demo made = Demo.read(file);
    int unused = everything.stop();
    return made;
  }

  private Service makeSandbox(int port) {
    List<String> command = Program.command("io.tollgate.sandbox.Main");
    command.addAll(List.of("--port=" + port, "--data-dir=."));
    return service("sandbox", command, postgres.url(), port, "/served?request_id=none");
  }

  private Service makeOffice() {
    int port = FreePorts.next();
    List<String> command = program("run", "--roles=billing,sync,console");
    command.add("--port=" + FreePorts.next());
    command.add("--grpc-port=" + FreePorts.next());
    command.add("--private-port=" + port);
    command.add("--sync-port=" + FreePorts.next());
    command.add("--console-port=" + FreePorts.next());
    return service("office", command, postgres.url(), port, "/health/ready");
  }

  private Service service(
      String name, List<String> command, String databaseUrl, int port, String ready) {
    Map<String, String> variables = new HashMap<>(environment);
    variables.put("TOLLGATE_POSTGRES_URL", databaseUrl);
    URI url = URI.create("http://127.0.0.1:" + port);
    try {
      Path folder = Files.createDirectories(root.resolve(name));
      Service service = new Service(command, variables, folder, url, url.resolve(ready));
      services.add(service);
      return service;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> program(String... arguments) {
    List<String> command = Program.command();
    command.addAll(List.of(arguments));
    command.add("--data-dir=data");
    return command;
  }
}

package io.tollgate.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Everything that runs during a benchmark; closed in the opposite order. */
final class Stand implements AutoCloseable {
  static final String OURS = "Tollgate";
  static final String NETTY = "bare Netty";
  static final String HAPROXY = "HAProxy";
  static final String DIRECT = "direct";

  private static final List<String> JAVA =
      List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-XX:+UseParallelGC",
          "-XX:+UseCompactObjectHeaders",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-cp",
          System.getProperty("java.class.path"));

  private final Deque<Child> children = new ArrayDeque<>();
  private final List<Target> targets = new ArrayList<>();
  private final Path folder;
  private String key = "";

  private Stand(Path folder) {
    this.folder = folder;
  }

  /**
   * Starts all of it.
   *
   * @param folder for data and logs
   * @param command what runs the program, without its arguments
   */
  static Stand open(Path folder, List<String> command) throws IOException, InterruptedException {
    Stand stand = new Stand(folder);
    try {
      stand.start(command);
      return stand;
    } catch (IOException | InterruptedException | RuntimeException e) {
      stand.close();
      throw e;
    }
  }

  private void start(List<String> command) throws IOException, InterruptedException {
    int upstreamPort = freePort();
    Program program = new Program(folder, command, freePort(), freePort(), upstreamPort);
    program.prepare();
    key = program.key();
    Child upstream = java("upstream", "Upstream", Integer.toString(upstreamPort));
    upstream.line("ready");
    Child ours = program.serve();
    children.push(ours);
    targets.add(new Target(OURS, program.port(), ours.pid()));
    int nettyPort = freePort();
    Child netty =
        java(
            "netty",
            "Passthrough",
            Integer.toString(nettyPort),
            Integer.toString(upstreamPort),
            key);
    netty.line("ready");
    targets.add(new Target(NETTY, nettyPort, netty.pid()));
    int haproxyPort = freePort();
    Optional<Child> haproxy = HaProxy.start(folder, haproxyPort, upstreamPort);
    if (haproxy.isPresent()) {
      children.push(haproxy.get());
      targets.add(new Target(HAPROXY, haproxyPort, haproxy.get().pid()));
    } else {
      System.out.println("HAProxy is not installed: left out (apt-get install haproxy)");
    }
    targets.add(new Target(DIRECT, upstreamPort, upstream.pid()));
  }

  /** All of them, ours first; the last is the upstream itself. */
  List<Target> targets() {
    return targets;
  }

  /** Puts load on a target and measures it. */
  Sample measure(Target target, Workload workload, int warmSeconds, int seconds)
      throws IOException {
    try (Child load =
        Child.talking(
            "load",
            folder,
            command(
                "Load",
                Integer.toString(target.port()),
                workload.stream() ? "stream" : "json",
                Integer.toString(workload.connections()),
                Integer.toString(warmSeconds),
                Integer.toString(seconds),
                key))) {
      load.line("begin");
      Processes before = Processes.of(target.pid());
      load.line("end");
      Processes after = Processes.of(target.pid());
      String[] result = load.line("result").split(" ");
      long requests = Long.parseLong(result[0]);
      double perRequest = Processes.TICK_MICROS / (double) Math.max(1, requests);
      return new Sample(
          requests,
          Long.parseLong(result[1]),
          Long.parseLong(result[2]) / 1e9,
          (after.ownTicks() - before.ownTicks()) * perRequest,
          Math.max(0, after.compilerTicks() - before.compilerTicks()) * perRequest,
          (after.startedTicks() - before.startedTicks()) * perRequest,
          after.ownMib(),
          after.startedMib(),
          Long.parseLong(result[3]) / 1e3,
          Long.parseLong(result[4]) / 1e3,
          Long.parseLong(result[5]) / 1e3);
    }
  }

  @Override
  public void close() {
    children.forEach(Child::close);
  }

  private Child java(String name, String main, String... arguments) throws IOException {
    Child child = Child.talking(name, folder, command(main, arguments));
    children.push(child);
    return child;
  }

  private static List<String> command(String main, String... arguments) {
    List<String> all = new ArrayList<>(JAVA);
    all.add("io.tollgate.bench." + main);
    all.addAll(List.of(arguments));
    return all;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}

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

  private final Deque<Child> children = new ArrayDeque<>();
  private final List<Target> targets = new ArrayList<>();
  private final Path folder;
  private String key = "";
  private String keys = "";

  private Stand(Path folder) {
    this.folder = folder;
  }

  /**
   * Starts all of it.
   *
   * @param folder for data and logs
   * @param command what runs the program, without its arguments
   * @param users with a key each, beside the one who is always there
   */
  static Stand open(Path folder, List<String> command, int users)
      throws IOException, InterruptedException {
    Stand stand = new Stand(folder);
    try {
      stand.start(command, users);
      return stand;
    } catch (IOException | InterruptedException | RuntimeException e) {
      stand.close();
      throw e;
    }
  }

  private void start(List<String> command, int users) throws IOException, InterruptedException {
    int upstreamPort = freePort();
    Program program = new Program(folder, command, freePort(), freePort(), upstreamPort);
    program.prepare(users);
    key = program.key();
    keys = users > 0 ? Keys.file(program.keys()) : key;
    Child upstream = java("upstream", "Upstream", Integer.toString(upstreamPort));
    upstream.line("ready");
    Child ours = program.serve();
    children.push(ours);
    Backlog backlog = new Backlog(program.privatePort());
    targets.add(new Target(OURS, program.port(), ours.pid(), Optional.of(backlog)));
    int nettyPort = freePort();
    Child netty =
        java(
            "netty",
            "Passthrough",
            Integer.toString(nettyPort),
            Integer.toString(upstreamPort),
            key,
            keys);
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
    return Stretch.measure(
        folder, workload.manyKeys() ? keys : key, target, workload, warmSeconds, seconds);
  }

  @Override
  public void close() {
    children.forEach(Child::close);
  }

  private Child java(String name, String main, String... arguments) throws IOException {
    Child child = Child.talking(name, folder, Stretch.command(main, arguments));
    children.push(child);
    return child;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}

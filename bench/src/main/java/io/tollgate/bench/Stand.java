package io.tollgate.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Everything that runs during a benchmark; closed in the opposite order. */
final class Stand implements AutoCloseable {
  static final String OURS = "Tollgate";
  static final String EARLIER = "Tollgate, earlier build";
  static final String NETTY = "bare Netty";
  static final String HAPROXY = "HAProxy";
  static final String DIRECT = "direct";

  private final Deque<Child> children = new ArrayDeque<>();
  private final List<Target> targets = new ArrayList<>();
  private final Path folder;

  private Stand(Path folder) {
    this.folder = folder;
  }

  /**
   * Starts all of it.
   *
   * @param folder for data and logs
   * @param options which programs, and with how many users
   * @param users with a key each, beside the one who is always there
   */
  static Stand open(Path folder, Options options, int users)
      throws IOException, InterruptedException {
    Stand stand = new Stand(folder);
    try {
      stand.start(options, users);
      return stand;
    } catch (IOException | InterruptedException | RuntimeException e) {
      stand.close();
      throw e;
    }
  }

  private void start(Options options, int users) throws IOException, InterruptedException {
    int upstreamPort = freePort();
    Program program = prepared(folder, options.program(), upstreamPort, users);
    Optional<Program> earlier = Optional.empty();
    if (options.earlier().isPresent()) {
      Path beside = Files.createDirectory(folder.resolve("earlier"));
      earlier = Optional.of(prepared(beside, options.earlier().get(), upstreamPort, users));
    }
    Child upstream = java("upstream", "Upstream", Integer.toString(upstreamPort));
    upstream.line("ready");
    Callers callers = Callers.of(program, users);
    serve(OURS, program, callers);
    if (earlier.isPresent()) {
      serve(EARLIER, earlier.get(), Callers.of(earlier.get(), users));
    }
    int nettyPort = freePort();
    Child netty =
        java(
            "netty",
            "Passthrough",
            Integer.toString(nettyPort),
            Integer.toString(upstreamPort),
            callers.key(),
            callers.keys());
    netty.line("ready");
    targets.add(new Target(NETTY, nettyPort, netty.pid(), callers));
    int haproxyPort = freePort();
    Optional<Child> haproxy = HaProxy.start(folder, haproxyPort, upstreamPort);
    if (haproxy.isPresent()) {
      children.push(haproxy.get());
      targets.add(new Target(HAPROXY, haproxyPort, haproxy.get().pid(), callers));
    } else {
      System.out.println("HAProxy is not installed: left out (apt-get install haproxy)");
    }
    targets.add(new Target(DIRECT, upstreamPort, upstream.pid(), callers));
  }

  private static Program prepared(Path folder, List<String> command, int upstreamPort, int users)
      throws IOException, InterruptedException {
    Program program = new Program(folder, command, freePort(), freePort(), upstreamPort);
    program.prepare(users);
    return program;
  }

  private void serve(String name, Program program, Callers callers)
      throws IOException, InterruptedException {
    Child serving = program.serve();
    children.push(serving);
    Backlog backlog = new Backlog(program.privatePort());
    targets.add(new Target(name, program.port(), serving.pid(), callers, Optional.of(backlog)));
  }

  /** All of them, ours first; the last is the upstream itself. */
  List<Target> targets() {
    return targets;
  }

  /** Puts load on a target and measures it. */
  Sample measure(Target target, Workload workload, int warmSeconds, int seconds)
      throws IOException {
    return Stretch.measure(
        folder, target.callers().of(workload), target, workload, warmSeconds, seconds);
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

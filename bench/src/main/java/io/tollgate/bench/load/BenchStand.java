package io.tollgate.bench.load;

import io.tollgate.bench.BenchOptions;
import io.tollgate.bench.Workload;
import io.tollgate.bench.peers.HaProxy;
import io.tollgate.bench.peers.PassthroughServer;
import io.tollgate.bench.peers.UpstreamServer;
import io.tollgate.bench.program.ChildProcess;
import io.tollgate.bench.program.MeasuredProgram;
import io.tollgate.bench.program.SettlementBacklog;
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
public final class BenchStand implements AutoCloseable {
  public static final String OURS = "Tollgate";
  static final String EARLIER = "Tollgate, earlier build";
  public static final String NETTY = "bare Netty";
  static final String HAPROXY = "HAProxy";
  public static final String DIRECT = "direct";

  private final Deque<ChildProcess> children = new ArrayDeque<>();
  private final List<LoadTarget> targets = new ArrayList<>();
  private final Path folder;

  private BenchStand(Path folder) {
    this.folder = folder;
  }

  /**
   * Starts all of it.
   *
   * @param folder for data and logs
   * @param options which programs, and with how many users
   * @param users with a key each, beside the one who is always there
   */
  public static BenchStand open(Path folder, BenchOptions options, int users)
      throws IOException, InterruptedException {
    BenchStand stand = new BenchStand(folder);
    try {
      stand.start(options, users);
      return stand;
    } catch (IOException | InterruptedException | RuntimeException e) {
      stand.close();
      throw e;
    }
  }

  private void start(BenchOptions options, int users) throws IOException, InterruptedException {
    int upstreamPort = freePort();
    MeasuredProgram program = prepared(folder, options.program(), upstreamPort, users);
    Optional<MeasuredProgram> earlier = Optional.empty();
    if (options.earlier().isPresent()) {
      Path beside = Files.createDirectory(folder.resolve("earlier"));
      earlier = Optional.of(prepared(beside, options.earlier().get(), upstreamPort, users));
    }
    ChildProcess upstream = java("upstream", UpstreamServer.class, Integer.toString(upstreamPort));
    upstream.line("ready");
    BenchCallers callers = BenchCallers.of(program, users);
    serve(OURS, program, callers);
    if (earlier.isPresent()) {
      serve(EARLIER, earlier.get(), BenchCallers.of(earlier.get(), users));
    }
    int nettyPort = freePort();
    ChildProcess netty =
        java(
            "netty",
            PassthroughServer.class,
            Integer.toString(nettyPort),
            Integer.toString(upstreamPort),
            callers.key(),
            callers.keys());
    netty.line("ready");
    targets.add(new LoadTarget(NETTY, nettyPort, netty.pid(), callers));
    int haproxyPort = freePort();
    Optional<ChildProcess> haproxy = HaProxy.start(folder, haproxyPort, upstreamPort);
    if (haproxy.isPresent()) {
      children.push(haproxy.get());
      targets.add(new LoadTarget(HAPROXY, haproxyPort, haproxy.get().pid(), callers));
    } else {
      System.out.println("HAProxy is not installed: left out (apt-get install haproxy)");
    }
    targets.add(new LoadTarget(DIRECT, upstreamPort, upstream.pid(), callers));
  }

  private static MeasuredProgram prepared(
      Path folder, List<String> command, int upstreamPort, int users)
      throws IOException, InterruptedException {
    MeasuredProgram program =
        new MeasuredProgram(folder, command, freePort(), freePort(), upstreamPort);
    program.prepare(users);
    return program;
  }

  private void serve(String name, MeasuredProgram program, BenchCallers callers)
      throws IOException, InterruptedException {
    ChildProcess serving = program.serve();
    children.push(serving);
    SettlementBacklog backlog = new SettlementBacklog(program.privatePort());
    targets.add(new LoadTarget(name, program.port(), serving.pid(), callers, Optional.of(backlog)));
  }

  /** All of them, ours first; the last is the upstream itself. */
  public List<LoadTarget> targets() {
    return targets;
  }

  /** Puts load on a target and measures it. */
  public StretchSample measure(LoadTarget target, Workload workload, int warmSeconds, int seconds)
      throws IOException {
    return MeasuredStretch.measure(
        folder, target.callers().of(workload), target, workload, warmSeconds, seconds);
  }

  @Override
  public void close() {
    children.forEach(ChildProcess::close);
  }

  private ChildProcess java(String name, Class<?> main, String... arguments) throws IOException {
    ChildProcess child =
        ChildProcess.talking(name, folder, MeasuredStretch.command(main, arguments));
    children.push(child);
    return child;
  }

  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}

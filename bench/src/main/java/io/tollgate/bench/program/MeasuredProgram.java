package io.tollgate.bench.program;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The real program on a data directory of its own, its provider account leading to our upstream.
 */
public final class MeasuredProgram {
  private static final int START_SECONDS = 120;
  private static final String QUIET = "--demo-life=false";
  private static final int DOLLARS = 1_000_000;

  private final Path folder;
  private final List<String> command;
  private final int port;
  private final int privatePort;
  private final int upstreamPort;
  private String key = "";

  public MeasuredProgram(
      Path folder, List<String> command, int port, int privatePort, int upstreamPort) {
    this.folder = folder;
    this.command = command;
    this.port = port;
    this.privatePort = privatePort;
    this.upstreamPort = upstreamPort;
  }

  /** Of the demo's paying user; known once prepared. */
  public String key() {
    return key;
  }

  /** The keys of many users, one a line; there once prepared with them. */
  public Path keys() {
    return folder.resolve("keys.txt");
  }

  public Path data() {
    return folder.resolve("data");
  }

  public int port() {
    return port;
  }

  public int privatePort() {
    return privatePort;
  }

  /**
   * Lets it make its demo data with the sandbox on the upstream's port, which enters that address
   * as a provider account, and gives the paying user more money than any run can spend.
   *
   * @param users made beside it, each with money and a key
   */
  public void prepare(int users) throws IOException, InterruptedException {
    Path demoFile = data().resolve("demo.json");
    try (ChildProcess first = start("program-first", "--demo", "true", QUIET);
        HttpClient client = HttpClient.newHttpClient()) {
      await(first, () -> Files.exists(demoFile) && ready(client));
      DemoAccess demo = DemoAccess.read(demoFile);
      key = demo.key();
      demo.give(client, demo.user(), DOLLARS);
      if (users > 0) {
        UserCrowd.make(demo, client, data(), keys(), users);
      }
    }
  }

  /** Starts it with its demo data, as a newcomer does, and waits until it serves. */
  public ChildProcess asNewcomersDo() throws IOException, InterruptedException {
    return demo(List.of(), List.of());
  }

  /** The same, with settings of the measurement's own, and nobody of the demo doing anything. */
  public ChildProcess demo(List<String> settings) throws IOException, InterruptedException {
    return demo(List.of(QUIET), settings);
  }

  private ChildProcess demo(List<String> life, List<String> settings)
      throws IOException, InterruptedException {
    List<String> more = new ArrayList<>(List.of("--demo", "true"));
    more.addAll(life);
    more.addAll(settings);
    ChildProcess child = start("program", more.toArray(String[]::new));
    await(child, () -> Files.exists(data().resolve("demo.json")));
    return child;
  }

  /** Starts it without the sandbox and waits until it serves. */
  public ChildProcess serve() throws IOException, InterruptedException {
    ChildProcess child = spawn();
    try (HttpClient client = HttpClient.newHttpClient()) {
      await(child, () -> ready(client));
    }
    return child;
  }

  /** Starts it without the sandbox and does not wait. */
  public ChildProcess spawn() throws IOException {
    return start("program", "--demo", "false");
  }

  /**
   * Has it check its books while it runs; answers whether they are clean. What it says is logged.
   */
  public boolean audit() throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of("audit", "--data-dir", data().toString()));
    try (ChildProcess audit = ChildProcess.silent("audit", folder, all)) {
      return audit.join() == 0;
    }
  }

  private ChildProcess start(String name, String... more) throws IOException {
    List<String> all = new ArrayList<>(command);
    all.addAll(
        List.of(
            "up",
            "--data-dir",
            data().toString(),
            "--port",
            Integer.toString(port),
            "--private-port",
            Integer.toString(privatePort),
            "--grpc-port",
            "0",
            "--sandbox-port",
            Integer.toString(upstreamPort)));
    all.addAll(List.of(more));
    return ChildProcess.silent(name, folder, all);
  }

  private boolean ready(HttpClient client) throws InterruptedException {
    try {
      return client
              .send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready"))
                      .build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static void await(ChildProcess child, Check check)
      throws IOException, InterruptedException {
    for (int i = 0; i < START_SECONDS * 10; i++) {
      if (check.holds()) {
        return;
      }
      if (!child.runs()) {
        throw new IOException("the program ended while starting (its log tells why)");
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new IOException("the program did not serve within " + START_SECONDS + " s");
  }

  private interface Check {
    boolean holds() throws IOException, InterruptedException;
  }
}

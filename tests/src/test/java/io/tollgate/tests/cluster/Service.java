package io.tollgate.tests.cluster;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One service of a cluster: the same ports and the same folder at each of its starts. */
public final class Service {
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  private final List<String> command;
  private final Map<String, String> environment;
  private final Path folder;
  private final URI url;
  private final URI ready;
  private @Nullable RunningProcess process;

  /**
   * @param folder where it works; what it prints goes into {@code <folder>.out}
   * @param url where it serves
   * @param ready answers 200 once it does
   */
  Service(List<String> command, Map<String, String> environment, Path folder, URI url, URI ready) {
    this.command = List.copyOf(command);
    this.environment = Map.copyOf(environment);
    this.folder = folder;
    this.url = url;
    this.ready = ready;
  }

  public URI url() {
    return url;
  }

  public Path folder() {
    return folder;
  }

  /** Starts it, and does not wait. */
  public void launch() {
    launch(Map.of());
  }

  /** Starts it with more variables in its environment, and does not wait. */
  public void launch(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(more);
    process = RunningProcess.start(command, all, folder, outputFile());
  }

  /** Starts it and waits until it serves. */
  public void start() {
    launch();
    awaitReady();
  }

  public void awaitReady() {
    await(url + " serves")
        .atMost(Duration.ofSeconds(120))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(25))
        .until(
            () -> {
              running().mustRun();
              return answers();
            });
  }

  /** Whether it serves now. */
  public boolean answers() {
    try {
      HttpRequest request = HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(5)).build();
      return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public boolean isRunning() {
    RunningProcess now = process;
    return now != null && now.isAlive();
  }

  public long pid() {
    return running().pid();
  }

  /** Kills it as hard as can be. */
  public void killHard() {
    running().killHard();
  }

  /** Asks it to end, waits, and gives its exit code. */
  public int stop() {
    return running().stop(Duration.ofSeconds(90));
  }

  /** Waits until it has ended by itself and gives its exit code. */
  public int awaitEnd(Duration atMost) {
    return running().awaitEnd(atMost);
  }

  public void freeze() {
    running().freeze();
  }

  public void thaw() {
    running().thaw();
  }

  /** The end of what it printed. */
  public String printed() {
    return running().tail();
  }

  private Path outputFile() {
    return folder.resolveSibling(folder.getFileName() + ".out");
  }

  private RunningProcess running() {
    RunningProcess now = process;
    if (now == null) {
      throw new IllegalStateException(url + " was not started (expected: launch() first)");
    }
    return now;
  }
}

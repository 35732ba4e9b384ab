package io.tollgate.tests.crash;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/** Callers who ask, one request after the other each, for as long as the gate is open. */
final class Load {
  private final Gate gate = new Gate();
  private final Tally tally = new Tally();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Future<?>> callers = new ArrayList<>();
  private final boolean untilNoMeans;

  /**
   * @param targets where a caller sends, by their number
   * @param next what a caller asks
   */
  Load(
      int callers,
      long seed,
      Function<Integer, URI> targets,
      Function<RandomGenerator, Call> next) {
    this(callers, seed, targets, next, false);
  }

  private Load(
      int callers,
      long seed,
      Function<Integer, URI> targets,
      Function<RandomGenerator, Call> next,
      boolean untilNoMeans) {
    this.untilNoMeans = untilNoMeans;
    for (int number = 0; number < callers; number++) {
      URI target = targets.apply(number);
      RandomGenerator random =
          RandomGeneratorFactory.of("L64X128MixRandom").create(seed * 1_000 + number);
      this.callers.add(executor.submit(() -> ask(target, next, random)));
    }
  }

  /** Callers each of whom leaves when told that there are no means. */
  static Load untilNoMeans(
      int callers,
      long seed,
      Function<Integer, URI> targets,
      Function<RandomGenerator, Call> next) {
    return new Load(callers, seed, targets, next, true);
  }

  Gate gate() {
    return gate;
  }

  Tally tally() {
    return tally;
  }

  /** Waits for so many more answers. */
  void awaitMore(int answers) {
    int number = tally.completed().size() + answers;
    await(answers + " more answers")
        .atMost(Duration.ofSeconds(60))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> tally.completed().size() >= number);
  }

  /** Lets every caller finish what runs. */
  Tally end() throws Exception {
    gate.end();
    return awaitLeft();
  }

  /** Waits until every caller has left. */
  Tally awaitLeft() throws Exception {
    for (Future<?> caller : callers) {
      caller.get(90, TimeUnit.SECONDS);
    }
    executor.shutdown();
    http.close();
    return tally;
  }

  private @Nullable Void ask(
      URI target, Function<RandomGenerator, Call> next, RandomGenerator random)
      throws InterruptedException {
    while (gate.pass()) {
      Call call = next.apply(random);
      tally.sent();
      try {
        HttpResponse<String> response = http.send(call.at(target), BodyHandlers.ofString());
        Optional<Completed> completed = Completed.of(call, response);
        if (completed.isPresent()) {
          tally.completed(completed.get());
        } else {
          tally.refused(response.statusCode(), response.body());
          if (untilNoMeans && response.statusCode() == Tally.NO_MEANS) {
            return null;
          }
        }
      } catch (ConnectException e) {
        tally.notReached();
      } catch (IOException e) {
        tally.interrupted();
      }
    }
    return null;
  }
}

package io.tollgate.tests.crash;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import io.tollgate.tests.cluster.Cluster;
import io.tollgate.tests.crash.Books.Booked;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Load on a cluster at rest, until it is at rest again; then the books beside the witness and what
 * callers got. One at a time.
 */
final class Round {
  private static final Duration REST = Duration.ofSeconds(60);

  private final Cluster cluster;
  private final Books books;
  private final Witness witness;
  private final Means means;
  private final Instant started = Instant.now();
  private final List<Integer> never = List.of(400, 401, 403, 404, 500);

  Round(Cluster cluster) {
    this.cluster = cluster;
    this.books = new Books(cluster.postgres());
    this.witness = new Witness(cluster.served());
    this.means = new Means(cluster, books);
  }

  /**
   * What came of it.
   *
   * @param faults a sentence for each thing that must not be
   */
  record Outcome(
      Tally tally, Comparison comparison, Map<String, List<Booked>> booked, List<String> faults) {
    /** The usage record of a charge. */
    Booked row(String id) {
      return requireNonNull(booked.get(id), id).getFirst();
    }
  }

  Instant started() {
    return started;
  }

  /** What users are given while it lasts. */
  Means means() {
    return means;
  }

  Books books() {
    return books;
  }

  /** Waits for rest and compares; every caller must have ended. */
  Outcome end(Tally tally) {
    Map<String, List<Booked>> booked = awaitRest(tally);
    Comparison comparison =
        new Comparison(
            tally.completed(), witness.served(), booked, books.undecided(), books.losses(started));
    List<String> faults = new ArrayList<>(comparison.faults());
    // the machine has not been off
    books.losses(started).forEach(loss -> faults.add("nothing may be missing: " + loss));
    faults.addAll(means.faults(booked.values()));
    for (int status : never) {
      if (tally.refused().containsKey(status)) {
        faults.add(tally.refused().get(status) + " x " + status + ": " + tally.sample(status));
      }
    }
    if (comparison.inDoubt() > tally.unknown()) {
      faults.add(comparison.inDoubt() + " in doubt (expected: <= " + tally.unknown() + ")");
    }
    faults.addAll(tally.unclear());
    cluster.findings().forEach(finding -> faults.add("audit: " + finding));
    return new Outcome(tally, comparison, booked, List.copyOf(faults));
  }

  private Map<String, List<Booked>> awaitRest(Tally tally) {
    await("everything is settled and nothing is held")
        .atMost(REST)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptions()
        .until(
            () ->
                books.open() == 0
                    && books.held() == 0
                    && books.since(started).keySet().containsAll(tally.completed().keySet()));
    return books.since(started);
  }
}

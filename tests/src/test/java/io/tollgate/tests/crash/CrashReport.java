package io.tollgate.tests.crash;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What came of a run, as one line. */
record CrashReport(
    Instant started,
    long seed,
    Map<Victim, Integer> victims,
    long requests,
    long completed,
    long booked,
    long inDoubt,
    long inFlight,
    long owed,
    long lost,
    long doubled,
    Duration took,
    List<String> faults) {
  static final String HEADER =
      "started,seed,kills,gateway_alone,requests,completed,booked,in_doubt,in_flight_at_kills,owed,"
          + "lost,doubled,faults,seconds";

  static CrashReport of(
      Instant started,
      long seed,
      Map<Victim, Integer> victims,
      long inFlight,
      Round.Outcome outcome,
      List<String> faults) {
    Tally tally = outcome.tally();
    Comparison comparison = outcome.comparison();
    return new CrashReport(
        started,
        seed,
        victims,
        tally.requests(),
        tally.completed().size(),
        comparison.booked(),
        comparison.inDoubt(),
        inFlight,
        comparison.owed(),
        comparison.lost(),
        comparison.doubled(),
        Duration.between(started, Instant.now()),
        List.copyOf(faults));
  }

  int kills() {
    return victims.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** For people. */
  String sentence() {
    return "seed %d: %d kills %s, %d requests, %d completed, %d booked, %d in doubt (%d in flight at kills), %d owed, %d lost, %d doubled, %d faults, %d s"
        .formatted(
            seed,
            kills(),
            victims,
            requests,
            completed,
            booked,
            inDoubt,
            inFlight,
            owed,
            lost,
            doubled,
            faults.size(),
            took.toSeconds());
  }

  /** For the file that runs add up in; see {@link #HEADER}. */
  String line() {
    int alone =
        victims.getOrDefault(Victim.GATEWAY, 0) + victims.getOrDefault(Victim.STARTING_GATEWAY, 0);
    return "%s,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d"
        .formatted(
            started,
            seed,
            kills(),
            alone,
            requests,
            completed,
            booked,
            inDoubt,
            inFlight,
            owed,
            lost,
            doubled,
            faults.size(),
            took.toSeconds());
  }
}

package io.tollgate.bench;

import java.util.List;

/** What a workload has to reach, held against what was seen. */
record Goals(Report report) {
  List<Goal> all() {
    String part = report.workload().name().replaceFirst("_.*", "").replace('H', 'h');
    return switch (report.workload()) {
      case P1, P1H -> List.of(own(part, 2.0), withPostgres(part, 2.6), aim(part));
      case P2, P2_400 -> List.of(own(part, 1.5));
      case P4 ->
          List.of(
              Goal.below(part, "added at p50", 100, report.more(Stand.OURS, Sample::p50), " µs"),
              Goal.below(part, "added at p99", 1_000, report.more(Stand.OURS, Sample::p99), " µs"));
    };
  }

  private Goal own(String part, double most) {
    return Goal.atMost(
        part,
        connections() + "CPU per request, our process, by bare Netty's",
        most,
        report.timesNetty(Stand.OURS, Sample::cpuMicros));
  }

  private Goal withPostgres(String part, double most) {
    return Goal.atMost(
        part,
        connections() + "the same with PostgreSQL counted in",
        most,
        report.timesNetty(Stand.OURS, Sample::allMicros));
  }

  private Goal aim(String part) {
    return Goal.atMost(
        part,
        connections() + "the aim, our process",
        1.6,
        report.timesNetty(Stand.OURS, Sample::cpuMicros));
  }

  private String connections() {
    return report.workload().connections() + " connections: ";
  }
}

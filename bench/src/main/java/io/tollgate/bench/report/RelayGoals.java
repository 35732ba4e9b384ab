package io.tollgate.bench.report;

import io.tollgate.bench.load.BenchStand;
import io.tollgate.bench.load.StretchSample;
import java.util.List;

/** What a workload has to reach, held against what was seen. */
record RelayGoals(RelayReport report) {
  List<ReportGoal> all() {
    String part = report.workload().name().replaceFirst("_.*", "").replace('H', 'h');
    return switch (report.workload()) {
      case P1, P1H -> List.of(own(part, 2.0), withPostgres(part, 2.6), aim(part));
      case P2, P2_400 -> List.of(own(part, 1.5));
      case P1T_MESSAGES, P1T_CHAT -> List.of();
      case P4 ->
          List.of(
              ReportGoal.below(
                  part,
                  "added at p50",
                  100,
                  report.more(BenchStand.OURS, StretchSample::p50),
                  " µs"),
              ReportGoal.below(
                  part,
                  "added at p99",
                  1_000,
                  report.more(BenchStand.OURS, StretchSample::p99),
                  " µs"));
    };
  }

  private ReportGoal own(String part, double max) {
    return ReportGoal.atMost(
        part,
        connections() + "CPU per request, our process, by bare Netty's",
        max,
        report.timesNetty(BenchStand.OURS, StretchSample::cpuMicros));
  }

  private ReportGoal withPostgres(String part, double max) {
    return ReportGoal.atMost(
        part,
        connections() + "the same with PostgreSQL counted in",
        max,
        report.timesNetty(BenchStand.OURS, StretchSample::allMicros));
  }

  private ReportGoal aim(String part) {
    return ReportGoal.atMost(
        part,
        connections() + "the aim, our process",
        1.6,
        report.timesNetty(BenchStand.OURS, StretchSample::cpuMicros));
  }

  private String connections() {
    return report.workload().connections() + " connections: ";
  }
}

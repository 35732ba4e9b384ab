package io.tollgate.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What can be asked for by name. */
enum BenchPart {
  P1(Workload.P1),
  P1H(Workload.P1H),
  /** Translated requests beside passed ones. */
  P1T,
  P2(Workload.P2, Workload.P2_400),
  P4(Workload.P4),
  /** Settled charges per second. */
  P5,
  /** Checks and deducts of backends. */
  P6,
  /** Clients that follow users' numbers. */
  P7,
  /** Recovery of a log that was not settled. */
  P8,
  /** The log of requests with many rows. */
  P9,
  /** Bars a second of backtests. */
  P10,
  /** A start of everything, and its pages. */
  P12;

  private final List<Workload> workloads;

  BenchPart(Workload... workloads) {
    this.workloads = List.of(workloads);
  }

  /** What is put on the relay for it; none where the relay is not what is measured. */
  List<Workload> workloads() {
    return workloads;
  }

  String file() {
    return name().toLowerCase(Locale.ROOT);
  }

  static BenchPart of(String name) {
    return Arrays.stream(values())
        .filter(part -> part.file().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "bench: "
                        + name
                        + " (expected: "
                        + Arrays.stream(values())
                            .map(BenchPart::file)
                            .collect(Collectors.joining(", "))
                        + ", or none for all)"));
  }
}

package io.tollgate.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What can be asked for by name. */
enum Part {
  P1(Workload.P1),
  P1H(Workload.P1H),
  P2(Workload.P2, Workload.P2_400),
  P4(Workload.P4),
  /** Settled charges per second. */
  P5,
  /** Recovery of a log that was not settled. */
  P8;

  private final List<Workload> workloads;

  Part(Workload... workloads) {
    this.workloads = List.of(workloads);
  }

  /** What is put on the relay for it; none where the relay is not what is measured. */
  List<Workload> workloads() {
    return workloads;
  }

  String file() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Part of(String name) {
    return Arrays.stream(values())
        .filter(part -> part.file().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "bench: "
                        + name
                        + " (expected: "
                        + Arrays.stream(values()).map(Part::file).collect(Collectors.joining(", "))
                        + ", or none for all)"));
  }
}

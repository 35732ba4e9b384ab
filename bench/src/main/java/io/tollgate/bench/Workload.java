package io.tollgate.bench;

import java.util.List;
import java.util.Locale;

/** What is asked of the relay, and by how many at once. */
enum Workload {
  P1("P1: JSON, about 1 KB each way, 32 connections", false, 32),
  P2("P2: stream of 20 chunks 5 ms apart, 64 connections", true, 64),
  P4("P4: JSON, about 1 KB each way, 1 connection", false, 1),
  P2_400("P2: stream of 20 chunks 5 ms apart, 400 connections", true, 400);

  private final String title;
  private final boolean stream;
  private final int connections;

  Workload(String title, boolean stream, int connections) {
    this.title = title;
    this.stream = stream;
    this.connections = connections;
  }

  String title() {
    return title;
  }

  boolean stream() {
    return stream;
  }

  int connections() {
    return connections;
  }

  /** The name of its files: p1, p2, p2-400, p4. */
  String file() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Those of a part of the benchmark. */
  static List<Workload> of(String part) {
    return switch (part) {
      case "all" -> List.of(values());
      case "p1" -> List.of(P1);
      case "p2" -> List.of(P2, P2_400);
      case "p4" -> List.of(P4);
      default ->
          throw new IllegalArgumentException(
              "bench: unknown part '" + part + "' (expected: p1, p2, p4 or none for all)");
    };
  }
}

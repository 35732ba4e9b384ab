package io.tollgate.bench;

import java.util.Locale;

/** What is asked of the relay, by how many at once, and by how many different callers. */
public enum Workload {
  P1("P1: JSON, about 1 KB each way, 32 connections, many keys", false, 32, true),
  P1H("P1h: JSON, about 1 KB each way, 32 connections, one key", false, 32, false),
  P2("P2: stream of 20 chunks 5 ms apart, 64 connections, many keys", true, 64, true),
  P2_400("P2: stream of 20 chunks 5 ms apart, 400 connections, many keys", true, 400, true),
  P4("P4: JSON, about 1 KB each way, 1 connection", false, 1, false);

  private final String title;
  private final boolean stream;
  private final int connections;
  private final boolean manyKeys;

  Workload(String title, boolean stream, int connections, boolean manyKeys) {
    this.title = title;
    this.stream = stream;
    this.connections = connections;
    this.manyKeys = manyKeys;
  }

  public String title() {
    return title;
  }

  public boolean stream() {
    return stream;
  }

  public int connections() {
    return connections;
  }

  /** Whether each request has the key of another user, in random order. */
  public boolean manyKeys() {
    return manyKeys;
  }

  /** The name of its files: p1, p1h, p2, p2-400, p4. */
  public String file() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

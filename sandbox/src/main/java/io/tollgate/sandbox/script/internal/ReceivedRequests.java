package io.tollgate.sandbox.script.internal;

import io.tollgate.sandbox.script.ReceivedRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What was asked, the newest of it where it grows beyond a bound. Safe for many threads. */
public final class ReceivedRequests {
  private static final int MAX_REQUESTS = 10_000;
  private static final long MAX_BYTES = 128L * 1024 * 1024;

  private final Deque<ReceivedRequest> kept = new ArrayDeque<>();
  private long bytes;

  synchronized void add(ReceivedRequest request) {
    kept.addLast(request);
    bytes += request.body().size();
    while (kept.size() > MAX_REQUESTS || bytes > MAX_BYTES) {
      bytes -= kept.removeFirst().body().size();
    }
  }

  /** All that is kept, oldest first. */
  public synchronized List<ReceivedRequest> all() {
    return List.copyOf(kept);
  }

  /** Forgets them all. */
  public synchronized void clear() {
    kept.clear();
    bytes = 0;
  }
}

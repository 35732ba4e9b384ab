package io.tollgate.sandbox.script;

import static java.util.Objects.requireNonNull;

/** One thing that a scripted upstream does on a connection. */
public sealed interface Step {
  /** Longest pause, ms. */
  int MAX_PAUSE_MS = 600_000;

  /** Sends bytes, at once. */
  record Send(Octets octets) implements Step {
    public Send {
      requireNonNull(octets, "octets");
    }
  }

  /** Sends bytes one at a time, {@code everyMs} apart. */
  record Drip(Octets octets, int everyMs) implements Step {
    public Drip {
      requireNonNull(octets, "octets");
      checkPause(everyMs);
    }
  }

  /** Sends the same bytes {@code times} times, {@code everyMs} apart. */
  record Repeat(Octets octets, int everyMs, int times) implements Step {
    public Repeat {
      requireNonNull(octets, "octets");
      checkPause(everyMs);
      if (times < 1) {
        throw new IllegalArgumentException("times: " + times + " (expected: >= 1)");
      }
    }
  }

  /** Does nothing for a while; a caller who closes the connection meanwhile ends the script. */
  record Pause(int ms) implements Step {
    public Pause {
      checkPause(ms);
    }
  }

  /** Waits for the next request on the same connection, reads and notes it, and does not answer. */
  record NextRequest() implements Step {}

  /** Waits until the caller closes the connection. */
  record Hang() implements Step {}

  /** Closes the connection in order. */
  record Close() implements Step {}

  /** Resets the connection. */
  record Reset() implements Step {}

  private static void checkPause(int ms) {
    if (ms < 0 || ms > MAX_PAUSE_MS) {
      throw new IllegalArgumentException("ms: " + ms + " (expected: 0.." + MAX_PAUSE_MS + ")");
    }
  }
}

package io.tollgate.sandbox.script.internal;

import io.tollgate.sandbox.script.ReceivedRequest;
import io.tollgate.sandbox.script.RequestMatch;
import io.tollgate.sandbox.script.Script;
import java.util.Iterator;
import java.util.LinkedList;
import java.util.List;
import java.util.Optional;

/** The scripts that wait for their requests, oldest first. Safe for use by many threads. */
public final class ScriptRules {
  /** Scripts that may wait at one time. */
  static final int MAX_WAITING = 10_000;

  private final List<Waiting> waiting = new LinkedList<>();

  /** Puts a script for the next {@code times} requests that match. */
  public synchronized void put(RequestMatch match, int times, Script script) {
    if (times < 1) {
      throw new IllegalArgumentException("times: " + times + " (expected: >= 1)");
    }
    if (waiting.size() == MAX_WAITING) {
      throw new IllegalArgumentException(
          "scripts waiting: " + waiting.size() + " (expected: < " + MAX_WAITING + ")");
    }
    waiting.add(new Waiting(match, times, script));
  }

  /** Forgets them all. */
  public synchronized void clear() {
    waiting.clear();
  }

  /** How many wait. */
  public synchronized int size() {
    return waiting.size();
  }

  /**
   * The script for a request whose body has not been read: one that begins before the body, or
   * none.
   */
  synchronized Optional<Script> takeBeforeBody(ReceivedRequest head) {
    return take(head, true);
  }

  /** The script for a request. */
  synchronized Optional<Script> take(ReceivedRequest request) {
    return take(request, false);
  }

  private Optional<Script> take(ReceivedRequest request, boolean beforeBody) {
    for (Iterator<Waiting> each = waiting.iterator(); each.hasNext(); ) {
      Waiting candidate = each.next();
      if (candidate.script.beforeBody() == beforeBody && candidate.match.matches(request)) {
        candidate.left--;
        if (candidate.left == 0) {
          each.remove();
        }
        return Optional.of(candidate.script);
      }
    }
    return Optional.empty();
  }

  private static final class Waiting {
    private final RequestMatch match;
    private final Script script;
    private int left;

    Waiting(RequestMatch match, int times, Script script) {
      this.match = match;
      this.left = times;
      this.script = script;
    }
  }
}

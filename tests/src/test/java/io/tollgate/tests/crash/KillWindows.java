package io.tollgate.tests.crash;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The times between kills of a gateway, and what each kill cut off: no more than that may be in
 * doubt. Who kills others alone leaves nothing in doubt.
 */
final class KillWindows {
  private final Instant started;
  private final List<Window> windows = new ArrayList<>();

  KillWindows(Instant started) {
    this.started = started;
  }

  /**
   * What was opened from the kill before to this one.
   *
   * @param ends a moment at which the gateway was gone
   * @param cutOff requests that got no whole answer because of it
   */
  private record Window(Instant begins, Instant ends, Victim victim, long cutOff) {
    boolean has(Instant opened) {
      return opened.isAfter(begins) && !opened.isAfter(ends);
    }
  }

  /** A gateway was killed, alone or with others. */
  void add(Victim victim, Instant gone, long cutOff) {
    Instant begins = windows.isEmpty() ? started : windows.getLast().ends();
    windows.add(new Window(begins, gone, victim, cutOff));
  }

  /** Requests that were cut off, by all kills. */
  long cutOff() {
    return windows.stream().mapToLong(Window::cutOff).sum();
  }

  /**
   * A sentence for each window of which more is in doubt than was cut off.
   *
   * @param inDoubt when those were opened of which nobody knows what was used
   */
  List<String> faults(List<Instant> inDoubt) {
    List<String> faults = new ArrayList<>();
    for (Window window : windows) {
      long count = inDoubt.stream().filter(window::has).count();
      if (count > window.cutOff()) {
        faults.add(count + " in doubt (expected: <= " + window.cutOff() + ") of " + window);
      }
    }
    long after = inDoubt.stream().filter(at -> windows.stream().noneMatch(w -> w.has(at))).count();
    if (after > 0) {
      faults.add(after + " in doubt that were opened after the last kill (expected: 0)");
    }
    return faults;
  }
}

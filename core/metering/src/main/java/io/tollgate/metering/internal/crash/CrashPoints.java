package io.tollgate.metering.internal.crash;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where the money path says which step it has reached. Does nothing, unless the process was started
 * with a step to die at. Safe for use by many threads.
 */
@FunctionalInterface
public interface CrashPoints {
  /**
   * The environment variable that names where to die: {@code intent-written}, or {@code
   * intent-written:3} for the third time it is reached.
   */
  String VARIABLE = "TOLLGATE_CRASH_AT";

  /** Steps of the contexts above begin so, and files that name them; they read it themselves. */
  Set<String> ABOVE = Set.of("billing-", "rewards-", "merchant-", "told-by:");

  /** What a shell says of a process that was killed by signal 9. */
  int EXIT_CODE = 137;

  /** Goes on whatever is reached. */
  CrashPoints NONE = point -> {};

  /** This step was reached. May not return. */
  void reach(CrashPoint point);

  /**
   * As the environment has it.
   *
   * @param halt ends the process at once, without shutdown hooks: {@code Runtime::halt}
   * @throws IllegalArgumentException naming the points there are
   */
  static CrashPoints of(Map<String, String> environment, Halt halt) {
    String text = environment.get(VARIABLE);
    if (text == null || ABOVE.stream().anyMatch(text::startsWith)) {
      return NONE;
    }
    int colon = text.indexOf(':');
    String code = colon < 0 ? text : text.substring(0, colon);
    CrashPoint chosen = CrashPoint.find(code).orElseThrow(() -> wrong(text));
    AtomicLong left = new AtomicLong(colon < 0 ? 1 : passing(text, text.substring(colon + 1)));
    return point -> {
      if (point == chosen && left.decrementAndGet() == 0) {
        halt.halt(EXIT_CODE);
      }
    };
  }

  private static long passing(String text, String number) {
    try {
      long passing = Long.parseLong(number);
      if (passing > 0) {
        return passing;
      }
    } catch (NumberFormatException e) {
      // told below, as for a number out of range
    }
    throw wrong(text);
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        VARIABLE
            + ": "
            + text
            + " (expected: one of "
            + CrashPoint.codes()
            + "; with :N, N >= 1, for the N-th time)");
  }

  /** Ends the process. */
  @FunctionalInterface
  interface Halt {
    void halt(int exitCode);
  }
}

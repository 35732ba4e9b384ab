package io.tollgate.telemetry;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a failure that may be logged where messages of exceptions hold what callers have sent:
 * classes, stack traces and causes are kept, and in place of each message it says that it was
 * withheld.
 */
public final class WithheldMessages extends Exception {
  private static final long serialVersionUID = 1;
  private static final int MAX_CAUSES = 16;

  private WithheldMessages(String message, @Nullable Throwable cause) {
    super(message, cause, false, true);
  }

  /** The failure itself, unless a message in it or in its causes must not be shown. */
  public static Throwable of(Throwable failure, Predicate<String> hidden) {
    Throwable at = failure;
    Set<Throwable> seen = new HashSet<>();
    while (at != null && seen.add(at)) {
      if (hidden.test(String.valueOf(at.getMessage())) || at.getSuppressed().length > 0) {
        return copy(failure, MAX_CAUSES);
      }
      at = at.getCause();
    }
    return failure;
  }

  private static WithheldMessages copy(Throwable failure, int deep) {
    Throwable cause = failure.getCause();
    WithheldMessages copy =
        new WithheldMessages(
            failure.getClass().getName() + " (message withheld)",
            cause == null || deep == 0 ? null : copy(cause, deep - 1));
    copy.setStackTrace(failure.getStackTrace());
    return copy;
  }
}

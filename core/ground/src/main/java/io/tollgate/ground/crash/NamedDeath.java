package io.tollgate.ground.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Ends a process at a step of a context, as its environment says: a variable names the step ({@code
 * rewards-pool-booking}), or which time it is reached ({@code rewards-pool-booking:3}), or a file
 * that names the step when it is reached ({@code told-by:FILE}). It is for tests of what is left
 * then, and no setting.
 */
public final class NamedDeath {
  /** The environment variable. */
  public static final String VARIABLE = "TOLLGATE_CRASH_AT";

  /** Before the name of a file that names the step; the same for all contexts. */
  public static final String TOLD_BY = "told-by:";

  /** What a shell says of a process that was killed by signal 9. */
  public static final int EXIT_CODE = 137;

  private NamedDeath() {}

  /**
   * What a context is to tell of each step that it reaches, by its code; safe for use by many
   * threads. Nothing is to be told where no step of the context can be meant.
   *
   * @param prefix what the codes of the context begin with
   * @param codes of all its steps
   * @param halt ends the process at once, without shutdown hooks: {@code Runtime::halt}
   * @throws IllegalArgumentException when a step of this context is named that is not there
   */
  public static Optional<Consumer<String>> of(
      Map<String, String> environment, String prefix, Collection<String> codes, IntConsumer halt) {
    String text = environment.getOrDefault(VARIABLE, "");
    if (text.startsWith(TOLD_BY)) {
      Path file = Path.of(text.substring(TOLD_BY.length()));
      return Optional.of(
          code -> {
            if (read(file).equals(code)) {
              halt.accept(EXIT_CODE);
            }
          });
    }
    if (!text.startsWith(prefix)) {
      return Optional.empty();
    }
    String[] parts = text.split(":", 2);
    if (!codes.contains(parts[0])) {
      throw wrong(text, codes);
    }
    AtomicLong left = new AtomicLong(parts.length < 2 ? 1 : passing(text, parts[1], codes));
    return Optional.of(
        code -> {
          if (code.equals(parts[0]) && left.decrementAndGet() == 0) {
            halt.accept(EXIT_CODE);
          }
        });
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw new IllegalStateException(VARIABLE + ": " + file + " cannot be read", e);
    }
  }

  private static long passing(String text, String number, Collection<String> codes) {
    try {
      long passing = Long.parseLong(number);
      if (passing > 0) {
        return passing;
      }
    } catch (NumberFormatException e) {
      // told below, as for a number out of range
    }
    throw wrong(text, codes);
  }

  private static IllegalArgumentException wrong(String text, Collection<String> codes) {
    return new IllegalArgumentException(
        VARIABLE
            + ": "
            + text
            + " (expected: one of "
            + String.join(", ", codes)
            + "; with :N, N >= 1, for the N-th time)");
  }
}

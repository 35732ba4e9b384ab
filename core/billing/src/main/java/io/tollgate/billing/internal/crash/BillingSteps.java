package io.tollgate.billing.internal.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import java.util.function.Predicate;

/**
 * Where billing says which step it has reached. Does nothing, unless the process was started with a
 * step of billing to die at. Safe for use by many threads.
 */
@FunctionalInterface
public interface BillingSteps {
  /**
   * The environment variable that metering has its steps in too: {@code billing-order-stored},
   * {@code billing-order-stored:3} for the third time it is reached, or {@code
   * billing-told-by:FILE} for whichever step the file names when it is reached.
   */
  String VARIABLE = "TOLLGATE_CRASH_AT";

  /** What a shell says of a process that was killed by signal 9. */
  int EXIT_CODE = 137;

  /** Steps of charges for services begin so; these read the variable themselves. */
  String OF_SERVICES = "billing-service-";

  /** Before the name of a file that names the step. */
  String TOLD_BY = "billing-told-by:";

  /** Goes on whatever is reached. */
  BillingSteps NONE = step -> {};

  /** This step was reached. May not return. */
  void reach(BillingStep step);

  /**
   * As the environment has it.
   *
   * @param halt ends the process at once, without shutdown hooks: {@code Runtime::halt}
   * @throws IllegalArgumentException when it names a step of billing that is not there
   */
  static BillingSteps of(Map<String, String> environment, IntConsumer halt) {
    String text = environment.getOrDefault(VARIABLE, "");
    if (!text.startsWith(BillingStep.PREFIX) || text.startsWith(OF_SERVICES)) {
      return NONE;
    }
    Optional<Predicate<String>> told = told(text);
    if (told.isPresent()) {
      return step -> {
        if (told.get().test(step.code())) {
          halt.accept(EXIT_CODE);
        }
      };
    }
    String[] parts = text.split(":", 2);
    BillingStep chosen = BillingStep.find(parts[0]).orElseThrow(() -> wrong(text));
    AtomicLong left = new AtomicLong(parts.length < 2 ? 1 : Long.parseLong(parts[1]));
    return step -> {
      if (step == chosen && left.decrementAndGet() == 0) {
        halt.accept(EXIT_CODE);
      }
    };
  }

  /** Whether a file names a step, where the variable names a file. */
  static Optional<Predicate<String>> told(String text) {
    if (!text.startsWith(TOLD_BY)) {
      return Optional.empty();
    }
    Path file = Path.of(text.substring(TOLD_BY.length()));
    return Optional.of(code -> read(file).equals(code));
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

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        VARIABLE + ": " + text + " (expected: one of " + BillingStep.codes() + ")");
  }
}

package io.tollgate.billing.internal.charges;

import io.tollgate.billing.internal.crash.BillingSteps;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Where charging for services says which step it has reached. Does nothing, unless the process was
 * started with a step to die at. Safe for use by many threads.
 */
@FunctionalInterface
public interface ChargeSteps {
  /** Goes on whatever is reached. */
  ChargeSteps NONE = _ -> {};

  /** The environment variable that names where to die; steps of others are passed over. */
  String VARIABLE = "TOLLGATE_CRASH_AT";

  /** What a shell says of a process that was killed by signal 9. */
  int EXIT_CODE = 137;

  /** This step was reached. May not return. */
  void reach(ChargeStep step);

  /**
   * As the environment has it.
   *
   * @throws IllegalArgumentException naming the steps there are
   */
  static ChargeSteps of(Map<String, String> environment) {
    String text = environment.getOrDefault(VARIABLE, "");
    Optional<Predicate<String>> told = BillingSteps.told(text);
    if (told.isPresent()) {
      return step -> {
        if (told.get().test(step.code())) {
          Runtime.getRuntime().halt(EXIT_CODE);
        }
      };
    }
    if (!text.startsWith(ChargeStep.PREFIX)) {
      return NONE;
    }
    ChargeStep chosen =
        Arrays.stream(ChargeStep.values())
            .filter(step -> step.code().equals(text))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        VARIABLE
                            + ": "
                            + text
                            + " (expected: one of "
                            + Arrays.stream(ChargeStep.values())
                                .map(ChargeStep::code)
                                .collect(Collectors.joining(", "))
                            + ")"));
    return step -> {
      if (step == chosen) {
        Runtime.getRuntime().halt(EXIT_CODE);
      }
    };
  }
}

package io.tollgate.billing.internal.recharge;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;

/**
 * Where recharging says which step it has reached. Does nothing, unless the process was started
 * with a step of recharging to die at. Safe for use by many threads.
 */
@FunctionalInterface
public interface RechargeSteps {
  /** The environment variable that metering has its steps in too. */
  String VARIABLE = "TOLLGATE_CRASH_AT";

  /** What a shell says of a process that was killed by signal 9. */
  int EXIT_CODE = 137;

  /** Goes on whatever is reached. */
  RechargeSteps NONE = step -> {};

  /** This step was reached. May not return. */
  void reach(RechargeStep step);

  /**
   * As the environment has it: a step's code, and after a colon which time it is reached.
   *
   * @param halt ends the process at once, without shutdown hooks: {@code Runtime::halt}
   * @throws IllegalArgumentException when it names a step of recharging that is not there
   */
  static RechargeSteps of(Map<String, String> environment, IntConsumer halt) {
    String text = environment.getOrDefault(VARIABLE, "");
    // those of services and of renewals begin in the same way
    if (!text.startsWith(RechargeStep.PREFIX)
        || text.startsWith(RechargeStep.OF_SERVICES)
        || text.startsWith("billing-renewal-")) {
      return NONE;
    }
    String[] parts = text.split(":", 2);
    RechargeStep chosen =
        Arrays.stream(RechargeStep.values())
            .filter(step -> step.code().equals(parts[0]))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        VARIABLE + ": " + text + " (expected: a step of recharging)"));
    AtomicLong left = new AtomicLong(parts.length < 2 ? 1 : Long.parseLong(parts[1]));
    return step -> {
      if (step == chosen && left.decrementAndGet() == 0) {
        halt.accept(EXIT_CODE);
      }
    };
  }
}

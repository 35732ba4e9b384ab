package io.tollgate.rewards.internal.crash;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;

/**
 * Where rewards say which step they have reached. Does nothing, unless the process was started with
 * such a step to die at. Safe for use by many threads.
 */
@FunctionalInterface
public interface RewardSteps {
  /**
   * The environment variable that metering and billing have their steps in too: {@code
   * rewards-pool-booking}, or {@code rewards-pool-booking:3} for the third time it is reached.
   */
  String VARIABLE = "TOLLGATE_CRASH_AT";

  /** What a shell says of a process that was killed by signal 9. */
  int EXIT_CODE = 137;

  /** Goes on whatever is reached. */
  RewardSteps NONE = step -> {};

  /** This step was reached. May not return. */
  void reach(RewardStep step);

  /**
   * As the environment has it.
   *
   * @param halt ends the process at once, without shutdown hooks: {@code Runtime::halt}
   * @throws IllegalArgumentException when it names a step of rewards that is not there
   */
  static RewardSteps of(Map<String, String> environment, IntConsumer halt) {
    String text = environment.getOrDefault(VARIABLE, "");
    if (!text.startsWith(RewardStep.PREFIX)) {
      return NONE;
    }
    String[] parts = text.split(":", 2);
    RewardStep chosen =
        RewardStep.find(parts[0])
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        VARIABLE + ": " + text + " (expected: one of " + RewardStep.codes() + ")"));
    AtomicLong left = new AtomicLong(parts.length < 2 ? 1 : Long.parseLong(parts[1]));
    return step -> {
      if (step == chosen && left.decrementAndGet() == 0) {
        halt.accept(EXIT_CODE);
      }
    };
  }
}

package io.tollgate.rewards.internal.crash;

import io.tollgate.ground.crash.NamedDeath;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Where rewards say which step they have reached. Does nothing, unless the process was started with
 * a step to die at ({@link NamedDeath}). Safe for use by many threads.
 */
@FunctionalInterface
public interface RewardSteps {
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
    return NamedDeath.of(environment, RewardStep.PREFIX, RewardStep.codes(), halt)
        .map(death -> (RewardSteps) step -> death.accept(step.code()))
        .orElse(NONE);
  }
}

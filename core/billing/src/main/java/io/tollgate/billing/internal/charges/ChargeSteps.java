package io.tollgate.billing.internal.charges;

import io.tollgate.ground.crash.NamedDeath;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Where charging for services says which step it has reached. Does nothing, unless the process was
 * started with a step to die at ({@link NamedDeath}). Safe for use by many threads.
 */
@FunctionalInterface
public interface ChargeSteps {
  /** Goes on whatever is reached. */
  ChargeSteps NONE = _ -> {};

  /** This step was reached. May not return. */
  void reach(ChargeStep step);

  /**
   * As the environment has it.
   *
   * @param halt ends the process at once, without shutdown hooks: {@code Runtime::halt}
   * @throws IllegalArgumentException naming the steps there are
   */
  static ChargeSteps of(Map<String, String> environment, IntConsumer halt) {
    return NamedDeath.of(environment, ChargeStep.PREFIX, ChargeStep.codes(), halt)
        .map(death -> (ChargeSteps) step -> death.accept(step.code()))
        .orElse(NONE);
  }
}
